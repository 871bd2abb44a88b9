internal import RepriseCore
internal import RepriseFormats

/// The samples of a report, with both texts in rows.
struct ReportSamples {
  private(set) var list: [JSONTree] = []

  /// A sample before its texts are read.
  private struct Plan {
    var kind: String
    var fields: [JSONTree.Field]
    var first: ScannedTexts.Span
    var second: ScannedTexts.Span
  }

  /// The bytes of a text that are read: more would not be shown.
  private static let readLimit = 256 << 10

  init(
    _ collection: ReportCollection, _ results: BytePath, _ summary: Summary, maximumSize: Int
  ) throws(CorpusError) {
    let pairs: [(String, [ReportCollection.Finding])] = [
      ("random", collection.near.items), ("above", collection.edge.items),
      ("exact", collection.exact.items),
    ]
    let passages: [(String, [PassageEntry])] = [
      ("long", collection.passages.items.filter { $0.occurrences.count > 1 }.prefix(6).map(\.self)),
      ("many", collection.spread.items), ("passages", collection.somePassages.items),
    ]
    var rows = Set(pairs.flatMap { $0.1.compactMap(\.entry.duplicateRow) })
    for occurrence in passages.flatMap({ $0.1 }).flatMap({ $0.occurrences.prefix(2) }) {
      if let row = occurrence.row { rows.insert(row) }
    }
    let entries = try Self.entries(rows, results)
    var plans: [Plan] = []
    var seen: Set<String> = []
    for (kind, findings) in pairs {
      for finding in findings {
        let entry = finding.entry
        guard let kept = entry.duplicateRow.flatMap({ entries[$0] }),
          seen.insert("\(entry.source)@\(entry.offset)").inserted
        else { continue }
        plans.append(Self.plan(kind, entry, kept))
      }
    }
    for (kind, passages) in passages {
      for passage in passages where seen.insert("\(passage.passage)").inserted {
        if let plan = Self.plan(kind, passage, entries) { plans.append(plan) }
      }
    }
    let texts = try ScannedTexts(summary).spans(Set(plans.flatMap { [$0.first, $0.second] }))
    let limit = maximumSize / 2 / max(1, plans.count)
    let rules = TokenRules(scheme: summary.scheme)
    for plan in plans {
      var numbering = TokenNumbering()
      let first = ShownText(texts[plan.first] ?? [], rules, &numbering)
      let aligned = SampleRows(
        first, ShownText(texts[plan.second] ?? [], rules, &numbering), limit: limit)
      list.append(
        .object(
          plan.fields + [
            .init("common", .integer(aligned.common)), .init("left", .integer(aligned.onlyFirst)),
            .init("right", .integer(aligned.onlySecond)), .init("rows", .array(aligned.rows)),
          ]))
    }
  }

  private static func entries(
    _ wanted: Set<Int>, _ results: BytePath
  ) throws(CorpusError) -> [Int: ManifestEntry] {
    var entries: [Int: ManifestEntry] = [:]
    guard !wanted.isEmpty else { return entries }
    let reader = try ManifestReader(resultsFolder: results)
    while entries.count < wanted.count,
      let (row, entry) = unsafe try reader.next(where: { row, _ in wanted.contains(row) })
    {
      entries[row] = entry
    }
    return entries
  }

  private static func plan(
    _ kind: String, _ entry: ManifestEntry, _ kept: ManifestEntry
  ) -> Plan {
    Plan(
      kind: kind,
      fields: [
        .init("kind", .string(kind)), .init("reason", .string(entry.reason?.rawValue ?? "")),
        .init("similarity", .double(entry.similarity ?? 1)),
        .init("title", .string((entry.title ?? kept.title ?? entry.id).limited(to: 110))),
        .init("first", place(kept.id, kept.source, kept.offset)),
        .init("second", place(entry.id, entry.source, entry.offset)),
      ],
      first: span(kept, 0..<readLimit), second: span(entry, 0..<readLimit))
  }

  private static func plan(
    _ kind: String, _ passage: PassageEntry, _ entries: [Int: ManifestEntry]
  ) -> Plan? {
    let shown = passage.occurrences.prefix(2)
    let documents = shown.compactMap { $0.row.flatMap { entries[$0] } }
    guard documents.count == 2 else { return nil }
    func range(_ occurrence: PassageEntry.Occurrence) -> Range<Int> {
      occurrence.start..<min(occurrence.end, occurrence.start + readLimit)
    }
    return Plan(
      kind: kind,
      fields: [
        .init("kind", .string(kind)), .init("reason", .string("passage")),
        .init("passage", .integer(passage.passage)), .init("words", .integer(passage.words)),
        .init("documents", .integer(passage.documentCount)),
        .init("similarity", .double(shown[1].identity)), .init("title", .string(passage.title)),
        .init("first", place(shown[0].id, shown[0].source, documents[0].offset, shown[0].line)),
        .init("second", place(shown[1].id, shown[1].source, documents[1].offset, shown[1].line)),
      ],
      first: span(documents[0], range(shown[0])), second: span(documents[1], range(shown[1])))
  }

  private static func span(_ entry: ManifestEntry, _ range: Range<Int>) -> ScannedTexts.Span {
    ScannedTexts.Span(
      place: .init(source: entry.source, offset: entry.offset, length: entry.length), range: range)
  }

  private static func place(
    _ id: String, _ source: String, _ offset: Int, _ line: Int? = nil
  ) -> JSONTree {
    [
      "id": .string(id.limited(to: 400)), "source": .string(source), "offset": .integer(offset),
      "line": line.map { .integer($0) } ?? .null,
    ]
  }
}
