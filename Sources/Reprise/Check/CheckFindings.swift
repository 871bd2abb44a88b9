internal import RepriseCore
internal import RepriseFormats

/// The findings in the results of a scan of text files, each of which is one document.
struct CheckFindings {
  /// The findings, in the order of their first places.
  private(set) var findings: [CheckFinding] = []
  /// The files that were read, sorted.
  private(set) var files: [String] = []

  private var entries: [ManifestEntry] = []
  private var lines: [String: TextLines] = [:]
  private let sketcher = TextSketcher()
  private let names: [String: String]

  /// The number of shingle ids of a sketch.
  private static let sketchSize = 16

  /// Reads the results, and the files with findings.
  ///
  /// - Parameters:
  ///   - results: the results folder.
  ///   - names: the files by the names with which they were scanned.
  /// - Throws: as ``ManifestReader/next()`` and ``ScannedTexts/texts(_:_:)``.
  init(_ results: BytePath, names: [String: String]) throws(CorpusError) {
    self.names = names
    let summary = try Summary(readingFrom: results)
    let reader = try ManifestReader(resultsFolder: results)
    while let entry = try reader.next() { entries.append(entry) }
    files = entries.filter { $0.status != .unreadable }.map { names[$0.source] ?? $0.source }
      .sorted()
    let passages = try PassagesFile.passages(in: results).filter { $0.occurrences.count > 1 }
    let copies = Dictionary(
      grouping: entries.indices.filter { entries[$0].repeatsDocument },
      by: { entries[$0].duplicateRow ?? 0 })

    var rows = Set(passages.flatMap { $0.occurrences.compactMap(\.row) })
    for (kept, others) in copies { rows.formUnion([kept] + others) }
    let places = rows.map { entries[$0] }.map {
      ScannedTexts.Place(source: $0.source, offset: $0.offset, length: $0.length)
    }
    for (place, text) in try ScannedTexts(summary).texts(Set(places)) {
      lines[place.source] = TextLines(text)
    }
    for (kept, others) in copies.sorted(by: { $0.key < $1.key }) { add(kept, others) }
    for passage in passages { add(passage) }
  }

  /// The name of a file without a leading `./`.
  static func name(_ path: String) -> String {
    var name = path[...]
    while name.hasPrefix("./") { name = name.dropFirst(2).drop { $0 == "/" } }
    return String(name)
  }

  private mutating func add(_ kept: Int, _ others: [Int]) {
    let places = ([kept] + others).compactMap { row -> CheckFinding.Place? in
      let entry = entries[row]
      let end = lines[entry.source]?.byteCount ?? 0
      return place(entry.source, 0..<end, row == kept ? 1 : entry.similarity ?? 1)
    }
    add(.document, entries[kept].words, places, entries[kept].source, 0..<Int.max)
  }

  private mutating func add(_ passage: PassageEntry) {
    let occurrences =
      passage.occurrences.filter(\.isKept) + passage.occurrences.filter { !$0.isKept }
    guard let first = occurrences.first else { return }
    // The results have the identity with the occurrence by which a copy was found. What is reported is that with
    // the one that the copy is compared with.
    let likeness = PassageLikeness(lines[first.source]?.bytes(first.start..<first.end) ?? [])
    let places = occurrences.compactMap { occurrence -> CheckFinding.Place? in
      let span = occurrence.start..<occurrence.end
      let text = lines[occurrence.source]?.bytes(span) ?? []
      return place(occurrence.source, span, likeness.value(of: text))
    }
    add(.passage, passage.words, places, first.source, first.start..<first.end)
  }

  private func place(
    _ source: String, _ span: Range<Int>, _ likeness: Double
  ) -> CheckFinding.Place? {
    guard let text = lines[source] else { return nil }
    let (start, end) = text.positions(of: span.clamped(to: 0..<text.byteCount))
    return CheckFinding.Place(
      file: names[source] ?? source, start: start, end: end, likeness: likeness)
  }

  private mutating func add(
    _ rule: CheckFinding.Rule, _ words: Int, _ places: [CheckFinding.Place], _ source: String,
    _ span: Range<Int>
  ) {
    guard places.count > 1, let text = lines[source]?.bytes(span) else { return }
    let others = places.dropFirst().sorted { ($0.file, $0.start) < ($1.file, $1.start) }
    let beginning = String(decoding: text.prefix(400), as: UTF8.self).split { $0.isWhitespace }
    findings.append(
      CheckFinding(
        rule: rule, words: words, places: [places[0]] + others,
        sketch: sketcher.sketch(of: text, size: Self.sketchSize),
        title: beginning.prefix(12).joined(separator: " ")))
  }
}

extension ManifestEntry {
  /// Whether the document repeats a kept one as a whole.
  fileprivate var repeatsDocument: Bool {
    guard status == .drop, duplicateRow != nil, let reason else { return false }
    return [.exact, .words, .near, .contained].contains(reason)
  }
}

/// Computes how alike texts are to one text: the words in common, in one order, divided by those of the longer
/// text.
private struct PassageLikeness {
  private let bytes: [UInt8]
  private let rules = TokenRules()
  private let numbering: TokenNumbering
  private let tokens: [UInt32]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var numbering = TokenNumbering()
    tokens = ShownText(bytes, rules, &numbering).tokens
    self.numbering = numbering
  }

  func value(of text: [UInt8]) -> Double {
    guard text != bytes else { return 1 }
    var numbering = numbering
    let others = ShownText(text, rules, &numbering).tokens
    guard others != tokens else { return 1 }
    let common = TextAlignment(tokens, others).parts.reduce(0) {
      $0 + ($1.isEqual ? $1.first.count : 0)
    }
    return Double(common) / Double(max(tokens.count, others.count, 1))
  }
}

/// Computes the smallest shingle ids of texts.
private struct TextSketcher {
  private let rules = TokenRules()

  func sketch(of text: [UInt8], size: Int) -> [UInt64] {
    var tokens = TokenizedText(rules: rules)
    unsafe tokens.read(text.span.bytes)
    var shingles = ShingleIDs(length: Scheme().shingleLength)
    shingles.read(tokens)
    return Array(Set(shingles.array).sorted().prefix(size))
  }
}
