internal import RepriseCore
internal import RepriseEngine
internal import RepriseFormats

/// Computes drops again from the words themselves, without hashes.
struct DropCheck {
  private let shingleLength: Int
  private let rules: TokenRules
  private let threshold: Double
  private let isExact: Bool

  /// - Parameters:
  ///   - shingleLength: the words of a shingle.
  ///   - rules: what is a word.
  ///   - threshold: the minimum similarity of near-duplicates.
  ///   - isExact: false if the manifest has estimates, which are wrong only below the threshold.
  init(shingleLength: Int, _ rules: TokenRules, threshold: Double, isExact: Bool) {
    (self.shingleLength, self.rules) = (shingleLength, rules)
    (self.threshold, self.isExact) = (threshold, isExact)
  }

  /// The drop, if it is wrong: its text is another, its words are others, or its similarity is not
  /// that in the manifest or is below the threshold.
  func wrong(
    _ drop: AuditedManifest.Drop, _ text: [UInt8], _ kept: [UInt8]
  ) -> Audit.Report.WrongDrop? {
    let measured: Double
    switch drop.reason {
    case .exact: measured = Self.withoutMark(text) == Self.withoutMark(kept) ? 1 : 0
    case .words: measured = words(of: text) == words(of: kept) ? 1 : 0
    default: measured = similarity(words(of: text), words(of: kept))
    }
    // The manifest's similarity has as many digits as tell it from all others.
    let isRight =
      isExact || drop.reason != .near ? abs(measured - drop.similarity) < 1e-12 : true
    guard isRight && (drop.reason != .near || measured >= threshold) else {
      return Audit.Report.WrongDrop(id: drop.id, written: drop.similarity, measured: measured)
    }
    return nil
  }

  private static func withoutMark(_ text: [UInt8]) -> ArraySlice<UInt8> {
    text.starts(with: [0xEF, 0xBB, 0xBF]) ? text.dropFirst(3) : text[...]
  }

  private func words(of text: [UInt8]) -> [ArraySlice<UInt8>] {
    var tokens = TokenizedText(rules: rules)
    unsafe tokens.read(text.span.bytes)
    let bytes = unsafe tokens.bytes.withUnsafeBytes { unsafe Array($0) }
    return (0..<tokens.count).map { bytes[tokens.range(ofToken: $0)] }
  }

  /// The Jaccard similarity of the sets of shingles, as lists of words.
  private func similarity(_ first: [ArraySlice<UInt8>], _ second: [ArraySlice<UInt8>]) -> Double {
    let (one, other) = (shingles(first), shingles(second))
    let shared = one.count { other.contains($0) }
    let all = one.count + other.count - shared
    return all == 0 ? 0 : Double(shared) / Double(all)
  }

  private func shingles(_ words: [ArraySlice<UInt8>]) -> Set<ArraySlice<ArraySlice<UInt8>>> {
    guard !words.isEmpty else { return [] }
    let length = min(shingleLength, words.count)
    return Set((0...words.count - length).map { words[$0..<$0 + length] })
  }
}
