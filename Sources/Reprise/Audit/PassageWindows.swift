internal import RepriseCore
internal import RepriseFormats

/// Finds the windows of a text: spans of consecutive words that have the length of the shortest passage.
///
/// Two windows with the same words have the same hash. No other part of the program uses this hash,
/// so an audit does not repeat its faults.
struct PassageWindows: ~Copyable {
  private var tokens: TokenizedText
  private let weight: Int
  /// The hash of each prefix of the text, modulo 2^64.
  private var sums: [UInt64] = []
  /// The powers of the base.
  private var powers: [UInt64] = [1]

  /// The base of the polynomial over hashes of words: odd, so that a multiplication loses no bits.
  private static let base: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// - Parameters:
  ///   - words: the length of the shortest passage; a grapheme counts as half a word.
  ///   - rules: what is a word.
  init(words: Int, _ rules: TokenRules) {
    weight = 2 * words
    tokens = TokenizedText(keepsSourceRanges: true, rules: rules)
  }

  /// Calls `body` with the hash and the bytes of each window that overlaps no cut.
  ///
  /// - Parameters:
  ///   - text: the text.
  ///   - cuts: the bytes that are cut, ascending.
  ///   - body: takes the hash, and the range of bytes.
  /// - Complexity: O(bytes).
  mutating func forEach(
    in text: UnsafeRawBufferPointer, without cuts: [Range<Int>],
    _ body: (UInt64, Range<Int>) -> Void
  ) {
    // In bounds: the span is that of the text, which is valid during the call.
    unsafe tokens.read(text.bytes)
    let count = tokens.count
    let weights = TokenWeights(tokens)
    guard weights.weight(0..<count) >= weight else { return }
    readSums()
    var (start, end, cut) = (0, 0, 0)
    while start < count {
      while end < count, weights.weight(start..<end) < weight { end += 1 }
      guard weights.weight(start..<end) >= weight else { return }
      let range =
        tokens.sourceRange(ofToken: start)
        .lowerBound..<tokens.sourceRange(ofToken: end - 1).upperBound
      while cut < cuts.count, cuts[cut].upperBound <= range.lowerBound { cut += 1 }
      if cut == cuts.count || cuts[cut].lowerBound >= range.upperBound {
        body(sums[end] &- sums[start] &* powers[end - start], range)
      }
      start += 1
    }
  }

  private mutating func readSums() {
    let count = tokens.count
    // Moved to a local variable, so that it can be written while the tokens are read.
    var sums = sums
    self.sums = []
    sums.removeAll(keepingCapacity: true)
    sums.append(0)
    unsafe tokens.bytes.withUnsafeBytes { bytes in
      for index in 0..<count {
        let token = tokens.range(ofToken: index)
        // In bounds: the range is that of a token in these bytes.
        let hash = unsafe FileChecksum.hash(block: UnsafeRawBufferPointer(rebasing: bytes[token]))
        sums.append(sums[index] &* Self.base &+ hash)
      }
    }
    self.sums = sums
    while powers.count <= count {
      let power = powers[powers.count - 1] &* Self.base
      powers.append(power)
    }
  }
}
