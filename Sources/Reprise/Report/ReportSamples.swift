internal import RepriseCore
internal import RepriseFormats

/// The samples of a report, with both texts in rows.
struct ReportSamples {
  private(set) var list: [JSONTree] = []
  private let name: (String) -> String

  /// A sample before its texts are read.
  private struct Plan {
    var isDocument: Bool
    var fields: [JSONTree.Field]
    var first: Part
    var second: Part
  }

  /// A part of a document, and the text that is read: with what is around the part.
  private struct Part {
    var span: ScannedTexts.Span
    var byteCount: Int
    /// The bytes that are read before the part.
    var lead: Int

    init(_ place: ScannedTexts.Place, _ range: Range<Int>, around: Int) {
      lead = min(around, range.lowerBound)
      byteCount = range.count
      span = ScannedTexts.Span(
        place: place, range: range.lowerBound - lead..<range.upperBound + around)
    }

    /// The part of a text that was read, and what is before and after it, in whole characters.
    func cut(_ text: [UInt8]) -> (text: [UInt8], before: String, after: String) {
      let start = min(lead, text.count)
      let end = min(start + byteCount, text.count)
      return (
        Array(text[start..<end]), whole(text[..<start]), whole(text[end...])
      )
    }

    private func whole(_ bytes: ArraySlice<UInt8>) -> String {
      let text = String(decoding: bytes.drop { $0 & 0xC0 == 0x80 }, as: UTF8.self)
      return text.hasSuffix("\u{FFFD}") ? String(text.dropLast()) : text
    }
  }

  /// A document on the side of what stays.
  private struct Kept {
    var id: String
    var title: String?
    var place: ScannedTexts.Place
    var reference: String?

    init(_ entry: ManifestEntry) {
      (id, title) = (entry.id, entry.title)
      place = .init(source: entry.source, offset: entry.offset, length: entry.length)
    }

    /// The reference document that an entry repeats; nil if it repeats none.
    init?(referenceOf entry: ManifestEntry) {
      guard let reference = entry.duplicateIn, let source = entry.duplicateSource,
        let offset = entry.duplicateOffset
      else { return nil }
      (id, self.reference) = (entry.duplicateOf ?? source, reference)
      place = .init(source: source, offset: offset, length: nil)
    }
  }

  /// The bytes of text before and after a passage.
  private static let context = 260

  /// The bytes of a text that are read: more would not be shown.
  private static let readLimit = 256 << 10

  init(
    _ collection: ReportCollection, _ results: BytePath, _ scanned: ScannedTexts,
    _ summary: Summary, _ audit: ReportAudit?, maximumSize: Int
  ) throws(CorpusError) {
    name = collection.name
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
    for pair in audit?.nearMisses ?? [] { rows.formUnion([pair.row, pair.earlierRow]) }
    let entries = try Self.entries(rows, results)
    var plans: [Plan] = []
    var seen: Set<String> = []
    for (kind, findings) in pairs {
      for finding in findings {
        let entry = finding.entry
        guard
          let kept = entry.duplicateRow.flatMap({ entries[$0] }).map(Kept.init)
            ?? Kept(referenceOf: entry),
          seen.insert("\(entry.source)@\(entry.offset)").inserted
        else { continue }
        plans.append(plan(kind, entry, kept, entry.similarity ?? 1))
      }
    }
    for pair in audit?.nearMisses ?? [] {
      guard let entry = entries[pair.row], let earlier = entries[pair.earlierRow] else { continue }
      plans.append(plan("below", entry, Kept(earlier), pair.similarity))
    }
    for (kind, passages) in passages {
      for passage in passages where seen.insert("\(passage.passage)").inserted {
        if let plan = plan(kind, passage, entries) { plans.append(plan) }
      }
    }
    let texts = try scanned.spans(
      Set(plans.flatMap { [$0.first.span, $0.second.span] }))
    let limit = maximumSize / 2 / max(1, plans.count)
    let rules = TokenRules(scheme: summary.scheme)
    for plan in plans {
      var numbering = TokenNumbering()
      let one = plan.first.cut(texts[plan.first.span] ?? [])
      let other = plan.second.cut(texts[plan.second.span] ?? [])
      let first = ShownText(one.text, rules, &numbering)
      let aligned = SampleRows(
        first, ShownText(other.text, rules, &numbering), limit: limit)
      var fields =
        plan.fields + [
          .init("common", .integer(aligned.common)), .init("left", .integer(aligned.onlyFirst)),
          .init("right", .integer(aligned.onlySecond)), .init("rows", .array(aligned.rows)),
        ]
      // What is after a whole document is the part of it that was not read.
      if plan.isDocument {
        if !one.after.isEmpty || !other.after.isEmpty {
          fields.append(.init("cut", .integer(Self.readLimit >> 10)))
        }
        list.append(.object(fields))
        continue
      }
      for (name, texts) in [
        ("before", [one.before, other.before]), ("after", [one.after, other.after]),
      ]
      where texts != ["", ""] {
        fields.append(.init(name, .array(texts.map { .string($0) })))
      }
      list.append(.object(fields))
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

  private func plan(
    _ kind: String, _ entry: ManifestEntry, _ kept: Kept, _ similarity: Double
  ) -> Plan {
    Plan(
      isDocument: true,
      fields: [
        .init("kind", .string(kind)), .init("reason", .string(entry.reason?.rawValue ?? "")),
        .init("similarity", .double(similarity)),
        .init("title", .string((entry.title ?? kept.title ?? name(entry.id)).limited(to: 110))),
        .init("first", place(kept.id, kept.place, reference: kept.reference)),
        .init("second", place(entry.id, place(entry))),
      ],
      first: Part(kept.place, 0..<Self.readLimit, around: 4),
      second: Part(place(entry), 0..<Self.readLimit, around: 4))
  }

  private func plan(
    _ kind: String, _ passage: PassageEntry, _ entries: [Int: ManifestEntry]
  ) -> Plan? {
    let shown = passage.occurrences.prefix(2)
    let documents = shown.compactMap { $0.row.flatMap { entries[$0] } }
    guard documents.count == 2 else { return nil }
    func part(_ index: Int) -> Part {
      let (start, end) = (shown[index].start, shown[index].end)
      // What is after a part of the passage is not around it.
      return end - start > Self.readLimit
        ? Part(place(documents[index]), start..<start + Self.readLimit, around: 0)
        : Part(place(documents[index]), start..<end, around: Self.context)
    }
    return Plan(
      isDocument: false,
      fields: [
        .init("kind", .string(kind)), .init("reason", .string("passage")),
        .init("passage", .integer(passage.passage)), .init("words", .integer(passage.words)),
        .init("documents", .integer(passage.documentCount)),
        .init("similarity", .double(shown[1].identity)), .init("title", .string(passage.title)),
        .init("first", place(shown[0].id, place(documents[0]), line: shown[0].line)),
        .init("second", place(shown[1].id, place(documents[1]), line: shown[1].line)),
      ],
      first: part(0), second: part(1))
  }

  private func place(_ entry: ManifestEntry) -> ScannedTexts.Place {
    .init(source: entry.source, offset: entry.offset, length: entry.length)
  }

  private func place(
    _ id: String, _ place: ScannedTexts.Place, line: Int? = nil, reference: String? = nil
  ) -> JSONTree {
    [
      "id": .string(name(id).limited(to: 400)), "source": .string(name(place.source)),
      "offset": .integer(place.offset), "line": line.map { .integer($0) } ?? .null,
      "reference": reference.map { .string($0.limited(to: 400)) } ?? .null,
    ]
  }
}
