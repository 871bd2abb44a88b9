internal import RepriseCore
internal import RepriseFormats

/// Computes the passages of a scan again: samples of its cuts, and what it left in the sampled documents.
///
/// Use it in this order: ``readSample(_:_:_:)`` for every document, ``endSample()``, and ``compare(_:_:)`` for
/// every document again.
final class AuditedPassages {
  private let audit: Audit
  private let manifest: AuditedManifest
  private let minimum: Int
  private let rules: TokenRules
  private let isExact: Bool
  /// Whether boilerplate is cut everywhere, so that no document keeps it.
  private let cutsAll: Bool
  /// The bytes of each sampled document that passages name.
  private var named: [Int: [Range<Int>]] = [:]
  /// The cuts by the rows of their documents and of those that keep the words.
  private var cutsOfRow: [Int: [Int]] = [:]
  private var texts: [(own: [UInt8], kept: [UInt8])]
  private var reader: PassageWindows
  /// The hashes of the windows of each sampled document that no passage names.
  private var windows: [[UInt64]]
  private var index = SampledShingles([])
  /// The window of each sampled document that an earlier one has, and the row of that.
  private var found: [Int: (hash: UInt64, earlier: Int)] = [:]

  /// - Throws: `cannotOpen`, `cannotRead` or `invalidResults`.
  init(
    _ audit: Audit, _ summary: Summary, _ manifest: AuditedManifest, minimum: Int,
    _ rules: TokenRules
  ) throws(CorpusError) {
    (self.audit, self.manifest, self.minimum, self.rules) = (audit, manifest, minimum, rules)
    reader = PassageWindows(words: minimum, rules)
    isExact = summary.configuration["cut"]?.string == "exact"
    cutsAll = summary.configuration["boilerplate_action"]?.string == "cut-all"
    texts = Array(repeating: ([], []), count: manifest.cuts.count)
    windows = Array(repeating: [], count: manifest.sample.count)
    for (number, cut) in manifest.cuts.enumerated() {
      for row in Set([cut.row, cut.keptRow]) { cutsOfRow[row, default: []].append(number) }
    }
    let sampled = Set(manifest.sample)
    let entries = try EntryReader(.passages, in: audit.results, PassageEntry.init)
    while let passage = try entries.next() {
      for place in passage.occurrences {
        guard let row = place.row, sampled.contains(row) else { continue }
        named[row, default: []].append(place.start..<place.end)
      }
    }
  }

  /// Reads what is needed of a document.
  ///
  /// - Parameters:
  ///   - row: its row in the manifest.
  ///   - place: its index in the sample; nil if it is not in it.
  ///   - text: its text.
  func readSample(_ row: Int, _ place: Int?, _ text: UnsafeRawBufferPointer) {
    for number in cutsOfRow[row] ?? [] {
      let cut = manifest.cuts[number]
      if cut.row == row { unsafe texts[number].own = Array(text[cut.span.within(text.count)]) }
      if cut.keptRow == row {
        unsafe texts[number].kept = Array(text[cut.keptSpan.within(text.count)])
      }
    }
    guard let place else { return }
    let named = named[row] ?? []
    var hashes: [UInt64] = []
    unsafe reader.forEach(in: text, without: manifest.cutSpans[row] ?? []) { hash, range in
      let isNamed = named.contains {
        $0.lowerBound <= range.lowerBound && range.upperBound <= $0.upperBound
      }
      if !isNamed { hashes.append(hash) }
    }
    windows[place] = hashes
  }

  /// Ends the reading of the sample.
  ///
  /// - Complexity: O(n log n) for n windows.
  func endSample() {
    index = SampledShingles(windows)
    windows = []
  }

  /// Compares a document that stays with the later ones of the sample.
  func compare(_ row: Int, _ text: UnsafeRawBufferPointer) {
    unsafe reader.forEach(in: text, without: manifest.cutSpans[row] ?? []) { hash, _ in
      index.forEachDocument(with: hash) { document in
        if manifest.sample[document] > row && found[document] == nil {
          found[document] = (hash, row)
        }
      }
    }
  }

  /// The rows of which a report needs the ids.
  var rows: [Int] { found.flatMap { [manifest.sample[$0.key], $0.value.earlier] } }

  /// Computes the sampled cuts again.
  ///
  /// - Parameter names: the ids of the rows.
  /// - Returns: what is wrong, and what was left.
  func report(_ names: [Int: String]) -> Audit.Report.Passages {
    let check = CutCheck(rules, isExact: isExact)
    var wrong: [Audit.Report.Passages.WrongCut] = []
    for (number, cut) in manifest.cuts.enumerated() {
      let keptCuts =
        cutsAll ? [] : manifest.stays[cut.keptRow] ? manifest.cutSpans[cut.keptRow] ?? [] : nil
      if let identity = check.wrong(cut, texts[number].own, texts[number].kept, keptCuts) {
        wrong.append(.init(id: cut.id, span: cut.span, identity: identity))
      }
    }
    let left = found.sorted { $0.key < $1.key }.map { document, window in
      Audit.Report.Passages.Left(
        id: names[manifest.sample[document]] ?? "", earlier: names[window.earlier] ?? "")
    }
    let limits = HypergeometricLimits(
      found: left.count, sample: manifest.sample.count, population: manifest.stayCount,
      confidence: audit.confidence)
    let scale =
      manifest.sample.isEmpty ? 0 : Double(manifest.stayCount) / Double(manifest.sample.count)
    return Audit.Report.Passages(
      minimum: minimum, cutCount: manifest.cutCount, checkedCount: manifest.cuts.count,
      wrong: wrong, left: left,
      leftOfAll: .init(
        value: Double(left.count) * scale, lower: Double(limits.lower),
        upper: Double(limits.upper)))
  }
}

extension Range<Int> {
  /// The part of the range that a text has.
  fileprivate func within(_ count: Int) -> Range<Int> { clamped(to: 0..<count) }
}
