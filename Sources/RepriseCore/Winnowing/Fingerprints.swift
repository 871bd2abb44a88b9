internal import CKernels

/// The fingerprints of one document, by winnowing: the rightmost smallest gram hash of every window
/// of the minimum length (Schleimer, Wilkerson, Aiken, SIGMOD 2003).
///
/// Two documents with a match of that length share a fingerprint in it. The buffers are reused for
/// the next document.
///
/// The unsafe accesses are in bounds: each buffer has an entry more than the document has tokens,
/// the kernels write at most one entry per token and the total, and there are fewer grams than ids.
@safe
package struct Fingerprints: ~Copyable {
  /// The number of tokens in the shingles that grams are made of.
  package static let shingleLength = 5

  private let rules: PassageRules
  private var grams: [UInt64] = []
  // Memory pages of these buffers that no kernel writes to are never allocated; most texts need
  // few.
  private var positions = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: 0)
  private var weights = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: 0)
  private var ends = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: 0)
  private var gramCount = 0
  /// The number of fingerprints.
  package private(set) var count = 0

  /// Creates empty buffers for the minimum length that the rules give.
  package init(rules: PassageRules) { self.rules = rules }

  deinit {
    unsafe positions.deallocate()
    unsafe weights.deallocate()
    unsafe ends.deallocate()
  }

  /// Replaces the fingerprints with those of `text`.
  ///
  /// - Parameters:
  ///   - text: the tokens of a document.
  ///   - shingles: its shingle ids, of ``shingleLength`` tokens, which are consumed.
  /// - Complexity: O(tokens).
  package mutating func read(_ text: borrowing TokenizedText, shingles: inout ShingleIDs) {
    precondition(shingles.length == Self.shingleLength, "grams are made of 5-token shingles")
    let tokens = text.count
    (count, gramCount) = (0, 0)
    guard tokens >= rules.minimumWords else { return }
    reserve(tokens)
    let style = text.style
    let halves = unsafe text.withTokens { bytes, starts in
      unsafe reprise_token_weights(bytes, starts, tokens, style, weights.baseAddress)
    }
    // Each gram's hash overwrites the first of the ids that it is made of.
    shingles.exchange(&grams)
    if halves == 0 { winnow(tokens) } else { winnowMixed(tokens, style) }
  }

  private mutating func winnow(_ tokens: Int) {
    unsafe grams.withUnsafeMutableBufferPointer { grams in
      gramCount = unsafe reprise_word_grams(grams.baseAddress, tokens, grams.baseAddress)
      count = unsafe reprise_winnow(
        grams.baseAddress, gramCount, rules.window, positions.baseAddress)
    }
  }

  private mutating func winnowMixed(_ tokens: Int, _ style: UInt32) {
    let weight = UInt32(2 * rules.minimumWords)
    unsafe grams.withUnsafeMutableBufferPointer { grams in
      gramCount = unsafe reprise_mixed_grams(
        grams.baseAddress, weights.baseAddress, tokens, style, ends.baseAddress, grams.baseAddress)
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

  /// Appends the fingerprints to a list as those of `document`.
  package func append(to list: inout FingerprintList, document: UInt32) {
    for index in 0..<count {
      // In bounds: the kernel wrote `count` positions.
      let position = unsafe Int(positions[index])
      list.append(
        hash: grams[position],
        FingerprintPosting(
          document: document, position: UInt32(position), context: context(position)))
    }
  }

  /// The hashes of the grams at a fixed distance on both sides, 15 bits each with a bit set below;
  /// 0 where there is no gram.
  private func context(_ position: Int) -> UInt32 {
    let (before, after) = (position - rules.contextDistance, position + rules.contextDistance)
    let left = before >= 0 ? UInt32(truncatingIfNeeded: grams[before] & 0x7FFF) << 1 | 1 : 0
    let right = after < gramCount ? UInt32(truncatingIfNeeded: grams[after] & 0x7FFF) << 1 | 1 : 0
    return left << 16 | right
  }
}
