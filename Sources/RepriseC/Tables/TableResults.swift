internal import Reprise

/// The tables and the summary of a scan of a table.
struct TableResults {
  private let result: Deduplicator.Result
  private let table: ArrowRows
  private let rows: [ResultRow]

  init(_ result: Deduplicator.Result, _ table: ArrowRows) {
    (self.result, self.table) = (result, table)
    let first = result.referenceCount
    func place(_ document: Int?) -> (row: Int?, name: String?) {
      guard let document else { return (nil, nil) }
      return document < first ? (document, TableScan.referenceName) : (document - first, nil)
    }
    rows = result.documents[first...].map { document in
      let kept = place(document.duplicateOf)
      return ResultRow(
        status: document.status.rawValue, reason: document.reason?.rawValue,
        duplicateOf: kept.row, duplicateIn: kept.name, similarity: document.similarity,
        cluster: document.cluster, copies: document.copies, words: document.words,
        cuts: document.cuts.map { cut in
          let source = place(cut.duplicateOf)
          return ResultCut(
            bytes: cut.bytes, duplicateOf: source.row, duplicateIn: source.name,
            sourceBytes: cut.sourceBytes, words: cut.words, identity: cut.identity)
        })
    }
  }

  var tables: [OutputTable] {
    [
      OutputTable(rows, ids: ids, files: []), OutputTable(clustersOf: rows), OutputTable(pairs),
      OutputTable(passages),
      OutputTable(
        result.problems,
        row: { $0.source == TableScan.referenceName ? nil : $0.line.map { $0 - 1 } },
        areInFiles: false),
    ]
  }

  /// The columns of ids, which are integers if those of the table are.
  private var ids: [OutputColumn] {
    guard let ids = table.ids else { return [] }
    let kept = rows.map { $0.duplicateIn == nil ? $0.duplicateOf : nil }
    if ids.isInteger {
      func number(_ row: Int) -> Int? { ids.find(row) { $0.integer($1).map { Int($0) } } }
      return [
        OutputColumn("id", rows.indices.map(number)),
        OutputColumn("duplicate_of_id", kept.map { $0.flatMap(number) }),
      ]
    }
    func text(_ row: Int) -> String? { ids.find(row) { $0.text($1) } }
    return [
      OutputColumn("id", rows.indices.map(text)),
      OutputColumn("duplicate_of_id", kept.map { $0.flatMap(text) }),
    ]
  }

  private func place(_ document: Int) -> (row: Int, name: String?) {
    let first = result.referenceCount
    return document < first ? (document, TableScan.referenceName) : (document - first, nil)
  }

  private var pairs: [ResultPair] {
    result.pairs.map { pair in
      let first = place(pair.first)
      return ResultPair(
        first: first.row, second: place(pair.second).row, firstIn: first.name,
        reason: pair.reason.rawValue, jaccard: pair.jaccard,
        intersection: (pair.similarity?.counts.0).map { Int($0) },
        union: (pair.similarity?.counts.1).map { Int($0) },
        isEstimated: pair.similarity?.isEstimated ?? false)
    }
  }

  private var passages: [ResultPassage] {
    result.passages.map { passage in
      ResultPassage(
        title: passage.title, words: passage.words,
        documents: passage.boilerplate?.documentCount
          ?? Set(passage.occurrences.map(\.document)).count,
        boilerplate: passage.boilerplate.map { ($0.documentCount, $0.text) },
        places: passage.occurrences.enumerated().map { index, occurrence in
          let place = place(occurrence.document)
          return ResultPassage.Place(
            row: place.row, rowIn: place.name, start: occurrence.bytes.lowerBound,
            end: occurrence.bytes.upperBound, identity: occurrence.identity, isKept: index == 0)
        })
    }
  }

  /// The summary as JSON, with the names that `summary.json` has.
  var summary: String {
    var counts: [String: Int] = [:]
    for row in rows {
      switch row.status {
      case "drop": counts["drop_\(row.reason ?? "")", default: 0] += 1
      default: counts[row.status, default: 0] += 1
      }
      if row.status == "drop" { counts["removed", default: 0] += 1 }
    }
    let names = [
      "keep", "drop_exact", "drop_words", "drop_near", "drop_contained", "drop_passage",
      "drop_remnant", "removed", "trim", "empty", "unreadable",
    ]
    let boilerplate = result.passages.count { $0.boilerplate != nil }
    let documents: [(String, Int)] =
      [("references", result.referenceCount), ("total", rows.count)]
      + names.map { ($0, counts[$0] ?? 0) } + [
        ("clusters", result.clusterCount), ("pairs", result.pairs.count),
        ("passages", result.passages.count - boilerplate), ("boilerplate", boilerplate),
      ]
    var problems: [String: Int] = [:]
    for problem in result.problems { problems[problem.reason.name, default: 0] += 1 }
    let tree: JSONTree = [
      "program": .string(ProgramVersion.text),
      "documents": .object(documents.map { .init($0.0, .integer($0.1)) }),
      "words": ["total": .integer(rows.reduce(0) { $0 + $1.words })],
      "problems": .object(
        problems.sorted { $0.key < $1.key }.map { .init($0.key, .integer($0.value)) }),
    ]
    return tree.json
  }
}

extension JSONTree {
  /// The value as one line of JSON.
  var json: String {
    var writer = JSONWriter(capacity: 4096)
    write(to: &writer)
    return writer.buffer.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
  }
}
