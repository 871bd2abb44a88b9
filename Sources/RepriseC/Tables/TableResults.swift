internal import Reprise

/// The rows of a table's result, made one by one when they are asked for.
private struct TableRows: RandomAccessCollection {
  let result: Deduplicator.Result

  var startIndex: Int { 0 }
  var endIndex: Int { result.documents.count - result.referenceCount }

  subscript(row: Int) -> ResultRow {
    let document = result.documents[result.referenceCount + row]
    let kept = result.place(document.duplicateOf)
    return ResultRow(
      status: document.status.rawValue, reason: document.reason?.rawValue, duplicateOf: kept.row,
      duplicateIn: kept.name, similarity: document.similarity, cluster: document.cluster,
      copies: document.copies, words: document.words,
      cuts: document.cuts.map { cut in
        let source = result.place(cut.duplicateOf)
        return ResultCut(
          bytes: cut.bytes, duplicateOf: source.row, duplicateIn: source.name,
          sourceBytes: cut.sourceBytes, words: cut.words, identity: cut.identity)
      })
  }
}

extension Deduplicator.Result {
  /// Returns the row of a document, and the name of its table if it is a reference document.
  fileprivate func place(_ document: Int?) -> (row: Int?, name: String?) {
    guard let document else { return (nil, nil) }
    return document < referenceCount
      ? (document, TableScan.referenceName) : (document - referenceCount, nil)
  }
}

/// The tables and the summary of a scan of a table.
struct TableResults {
  private let result: Deduplicator.Result
  private let table: ArrowRows
  private var rows: TableRows { TableRows(result: result) }

  init(_ result: Deduplicator.Result, _ table: ArrowRows) {
    (self.result, self.table) = (result, table)
  }

  var tables: [OutputTable] {
    [
      OutputTable(rows, ids: ids, files: []), OutputTable(clustersOf: rows),
      OutputTable(pairs: pairs),
      OutputTable(passages: passages),
      OutputTable(
        result.problems,
        row: { $0.source == TableScan.referenceName ? nil : $0.line.map { $0 - 1 } },
        areInFiles: false),
    ]
  }

  /// The columns of ids, which are integers if those of the table are.
  private var ids: [OutputColumn] {
    guard let ids = table.ids else { return [] }
    let kept = rows.lazy.map { $0.duplicateIn == nil ? $0.duplicateOf : nil }
    if ids.isInteger {
      func number(_ row: Int) -> Int? { ids.find(row) { $0.integer($1).map { Int($0) } } }
      return [
        OutputColumn("id", rows.indices.lazy.map(number)),
        OutputColumn("duplicate_of_id", kept.map { $0.flatMap(number) }),
      ]
    }
    func text(_ row: Int) -> String? { ids.find(row) { $0.text($1) } }
    return [
      OutputColumn("id", rows.indices.lazy.map(text)),
      OutputColumn("duplicate_of_id", kept.map { $0.flatMap(text) }),
    ]
  }

  private var pairs: some Collection<ResultPair> {
    result.pairs.lazy.map { [result] pair in
      let first = result.place(pair.first)
      return ResultPair(
        first: first.row, second: result.place(pair.second).row, firstIn: first.name,
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
          let place = result.place(occurrence.document)
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
