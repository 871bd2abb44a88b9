internal import CKernels

/// The fingerprints of one document: of every window of the minimum length the gram with the
/// rightmost smallest hash (Schleimer, Wilkerson, Aiken, Winnowing, SIGMOD 2003).
///
/// Two documents that share a match of that length share a fingerprint in it. The buffers are used
/// again for the next document.
@safe
public struct Fingerprints: ~Copyable {
  /// Tokens in the shingles that grams are made of.
  public static let shingleLength = 5

  private let rules: PassageRules
  private var grams: [UInt64] = []
  // Pages of these that no kernel writes to take no memory, and most texts need few.
  private var positions = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: 0)
  private var weights = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: 0)
  private var ends = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: 0)
  private var gramCount = 0
  /// The number of fingerprints.
  public private(set) var count = 0

  /// Creates empty buffers.
  public init(rules: PassageRules) { self.rules = rules }

  deinit {
    unsafe positions.deallocate()
    unsafe weights.deallocate()
    unsafe ends.deallocate()
  }

  /// Finds the fingerprints of `text` in place of those before.
  ///
  /// - Parameters:
  ///   - text: a document.
  ///   - shingles: its shingle ids, of ``shingleLength`` tokens, which are gone afterwards.
  /// - Complexity: O(tokens).
  public mutating func read(_ text: borrowing TokenizedText, shingles: inout ShingleIDs) {
    precondition(shingles.length == Self.shingleLength, "grams are made of 5-token shingles")
    let tokens = text.count
    (count, gramCount) = (0, 0)
    guard tokens >= rules.minimumWords else { return }
    reserve(tokens)
    let graphemes = unsafe text.withTokens { bytes, starts in
      unsafe reprise_token_weights(bytes, starts, tokens, weights.baseAddress)
    }
    // A gram is written where the first of its ids stands.
    shingles.exchange(&grams)
    if graphemes == 0 { winnow(tokens) } else { winnowMixed(tokens) }
  }

  private mutating func winnow(_ tokens: Int) {
    unsafe grams.withUnsafeMutableBufferPointer { grams in
      gramCount = unsafe reprise_word_grams(grams.baseAddress, tokens, grams.baseAddress)
      count = unsafe reprise_winnow(
        grams.baseAddress, gramCount, rules.window, positions.baseAddress)
    }
  }

  private mutating func winnowMixed(_ tokens: Int) {
    let weight = UInt32(2 * rules.minimumWords)
    unsafe grams.withUnsafeMutableBufferPointer { grams in
      gramCount = unsafe reprise_mixed_grams(
        grams.baseAddress, weights.baseAddress, tokens, ends.baseAddress, grams.baseAddress)
      count = unsafe reprise_mixed_winnow(
        grams.baseAddress, ends.baseAddress, gramCount, weights.baseAddress, tokens, weight,
        positions.baseAddress)
    }
  }

  private mutating func reserve(_ tokens: Int) {
    let isTooLarge = unsafe positions.count > 1 << 20 && tokens < 1 << 18
    guard unsafe positions.count < tokens + 1 || isTooLarge else { return }
    let capacity = unsafe isTooLarge ? tokens + 1 : max(tokens + 1, 2 * positions.count)
    unsafe Self.replace(&positions, capacity)
    unsafe Self.replace(&weights, capacity)
    unsafe Self.replace(&ends, capacity)
  }

  private static func replace(_ buffer: inout UnsafeMutableBufferPointer<UInt32>, _ capacity: Int) {
    unsafe buffer.deallocate()
    unsafe buffer = .allocate(capacity: capacity)
  }

  /// Appends the fingerprints to a list, as those of a document.
  public func append(to list: inout FingerprintList, document: UInt32) {
    for index in 0..<count {
      let position = unsafe Int(positions[index])
      list.append(
        hash: grams[position],
        FingerprintPosting(
          document: document, position: UInt32(position), context: context(position)))
    }
  }

  /// What stands at a distance on both sides, 15 bits each; 0 where the text ends before.
  private func context(_ position: Int) -> UInt32 {
    let (before, after) = (position - rules.contextDistance, position + rules.contextDistance)
    let left = before >= 0 ? UInt32(truncatingIfNeeded: grams[before] & 0x7FFF) << 1 | 1 : 0
    let right = after < gramCount ? UInt32(truncatingIfNeeded: grams[after] & 0x7FFF) << 1 | 1 : 0
    return left << 16 | right
  }
}
