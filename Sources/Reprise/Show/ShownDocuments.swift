internal import RepriseCore
internal import RepriseFormats

/// Reads the texts of documents again and sets them next to each other.
struct ShownDocuments {
  private let results: BytePath
  private let reader: ScannedTexts
  private let rules: TokenRules
  private let shingleLength: Int

  /// - Parameters:
  ///   - results: the results folder.
  ///   - summary: its summary.
  ///   - changes: checks that the files are those of the scan.
  init(_ results: BytePath, _ summary: Summary, _ changes: InputChanges = InputChanges()) {
    self.results = results
    reader = ScannedTexts(summary, changes)
    rules = TokenRules(scheme: summary.scheme)
    shingleLength = summary.scheme["ngram"]?.integer ?? 5
  }

  func documents(_ rows: [ManifestRow]) throws(CorpusError) -> [ShownDocument] {
    let partners = try entries(
      rows.flatMap { [$0.entry.duplicateRow] + $0.entry.cuts.map(\.duplicateRow) })
    let references = try PassagesFile.references(
      of: Dictionary(rows.map { ($0.index, $0.entry.cuts) }) { first, _ in first }, in: results)
    var places: Set<ScannedTexts.Place> = []
    for occurrence in references.values.flatMap(\.values) {
      if let place = occurrence.referencePlace { places.insert(place) }
    }
    for row in rows where row.entry.status != .unreadable {
      places.insert(row.entry.place)
      if let kept = row.entry.keptPlace(partners) { places.insert(kept) }
      for cut in row.entry.cuts {
        if let partner = cut.duplicateRow.flatMap({ partners[$0] }) { places.insert(partner.place) }
      }
    }
    let texts = try reader.texts(places)
    return rows.map { row in
      document(row.entry, partners, references[row.index] ?? [:], texts)
    }
  }

  private func document(
    _ entry: ManifestEntry, _ partners: [Int: ManifestEntry],
    _ references: [Int: PassageEntry.Occurrence],
    _ texts: [ScannedTexts.Place: [UInt8]]
  ) -> ShownDocument {
    let own = texts[entry.place] ?? []
    let kept = entry.keptPlace(partners).flatMap { texts[$0] }
    let cuts = entry.cuts.map { cut -> ShownDocument.ShownCut in
      let keptPlace =
        cut.duplicateRow.map { partners[$0]?.place } ?? references[cut.start]?.referencePlace
      let source = keptPlace.flatMap { texts[$0] }
      guard let source else { return ShownDocument.ShownCut(cut: cut, texts: nil) }
      let kept = part(source, cut.sourceStart, cut.sourceEnd)
      return ShownDocument.ShownCut(
        cut: cut, texts: aligned(kept, part(own, cut.start, cut.end)))
    }
    let staysWhole = entry.status == .keep || entry.status == .empty
    return ShownDocument(
      entry: entry, partner: entry.duplicateRow.flatMap { partners[$0] },
      texts: kept.map { aligned($0, own) }, cuts: cuts,
      text: staysWhole ? String(decoding: own, as: UTF8.self) : nil)
  }

  /// Returns two documents next to each other.
  func pair(_ documents: [NamedDocument]) throws(CorpusError) -> ShownPair {
    let (first, second) = (documents[0], documents[1])
    let texts = try reader.texts([first.place, second.place])
    let (one, other) = (texts[first.place] ?? [], texts[second.place] ?? [])
    var sketcher = Sketcher(
      Sketcher.Parameters(
        scheme: Scheme(
          shingleLength: shingleLength, tokens: rules)))
    _ = unsafe sketcher.read(one.span.bytes)
    let shingles = sketcher.setAndSlots().0
    _ = unsafe sketcher.read(other.span.bytes)
    let similarity = shingles.similarity(to: sketcher.setAndSlots().0)
    return ShownPair(
      first: first.entry, second: second.entry, texts: aligned(one, other),
      similarity: similarity.jaccard)
  }

  func passage(_ entry: PassageEntry) throws(CorpusError) -> ShownPassage {
    let places = entry.occurrences.prefix(2)
    let documents = try entries(places.map(\.row))
    let shown = places.map { place in
      place.row.map { documents[$0]?.place } ?? place.referencePlace
    }
    let texts = try reader.texts(Set(shown.compactMap(\.self)))
    let parts = zip(places, shown).compactMap { occurrence, place in
      place.flatMap { texts[$0] }.map { part($0, occurrence.start, occurrence.end) }
    }
    return ShownPassage(
      entry: entry, texts: parts.count == 2 ? aligned(parts[0], parts[1]) : nil,
      text: parts.count == 1 ? String(decoding: parts[0], as: UTF8.self) : nil)
  }

  /// The entries of the manifest at these rows.
  private func entries(_ rows: [Int?]) throws(CorpusError) -> [Int: ManifestEntry] {
    let wanted = Set(rows.compactMap(\.self))
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

  private func part(_ text: [UInt8], _ start: Int, _ end: Int) -> [UInt8] {
    let end = min(max(end, 0), text.count)
    return Array(text[min(max(start, 0), end)..<end])
  }

  private func aligned(_ first: [UInt8], _ second: [UInt8]) -> AlignedTexts {
    var numbering = TokenNumbering()
    let left = ShownText(first, rules, &numbering)
    return AlignedTexts(left, ShownText(second, rules, &numbering))
  }
}

extension PassageEntry.Occurrence {
  /// The place of a reference document; nil for others, and in results of earlier programs.
  fileprivate var referencePlace: ScannedTexts.Place? {
    guard reference != nil, let offset else { return nil }
    return ScannedTexts.Place(source: source, offset: offset, length: nil)
  }
}

extension ManifestEntry {
  var place: ScannedTexts.Place {
    ScannedTexts.Place(source: source, offset: offset, length: length)
  }

  /// The place of the document that this one repeats as a whole.
  ///
  /// The length of a reference document is not known; it is the record at the offset.
  fileprivate func keptPlace(_ partners: [Int: ManifestEntry]) -> ScannedTexts.Place? {
    if let partner = duplicateRow.flatMap({ partners[$0] }) { return partner.place }
    guard duplicateIn != nil, let source = duplicateSource, let offset = duplicateOffset else {
      return nil
    }
    return ScannedTexts.Place(source: source, offset: offset, length: nil)
  }
}

extension TokenRules {
  /// The rules that a summary names.
  init(scheme: JSONTree) {
    let names = (scheme["fold"]?.array ?? []).compactMap(\.string)
    self.init(
      folding: names.compactMap(Folding.init(name:)).reduce(into: []) { $0.formUnion($1) },
      countsSymbols: scheme["tokens"]?.string == "symbols",
      countsCase: scheme["case"]?.string == "keep")
  }
}
