internal import CKernels

/// The fingerprints of one document: of every window of the minimum length the gram with the
/// rightmost smallest hash (Schleimer, Wilkerson, Aiken, Winnowing, SIGMOD 2003).
///
/// Two documents that share a run of that length share a fingerprint in it. The buffers are used
/// again for the next document.
public struct Fingerprints: ~Copyable {
  /// Tokens in the shingles that grams are made of.
  public static let shingleLength = 5

  private let rules: PassageRules
  private var grams: [UInt64] = []
  private var positions: [UInt32] = []
  private var weights: [UInt32] = []
  private var ends: [UInt32] = []
  private var gramCount = 0
  /// The number of fingerprints.
  public private(set) var count = 0

  /// Creates empty buffers.
  public init(rules: PassageRules) { self.rules = rules }

  /// Finds the fingerprints of `text` in place of those before.
  ///
  /// - Parameters:
  ///   - text: a document.
  ///   - shingles: its shingle ids, of ``shingleLength`` tokens.
  /// - Complexity: O(tokens).
  public mutating func read(_ text: borrowing TokenizedText, shingles: borrowing ShingleIDs) {
    precondition(shingles.length == Self.shingleLength, "grams are made of 5-token shingles")
    let tokens = text.count
    (count, gramCount) = (0, 0)
    guard tokens >= rules.minimumWords else { return }
    reserve(tokens)
    let graphemes = weigh(text)
    unsafe shingles.span.withUnsafeBufferPointer { ids in
      if graphemes == 0 { unsafe winnow(ids, tokens) } else { unsafe winnowMixed(ids, tokens) }
    }
  }

  private mutating func weigh(_ text: borrowing TokenizedText) -> Int {
    let tokens = text.count
    return unsafe weights.withUnsafeMutableBufferPointer { weights in
      unsafe text.withTokens { bytes, starts in
        unsafe reprise_token_weights(bytes, starts, tokens, weights.baseAddress)
      }
    }
  }

  private mutating func winnow(_ ids: UnsafeBufferPointer<UInt64>, _ tokens: Int) {
    unsafe grams.withUnsafeMutableBufferPointer { grams in
      unsafe positions.withUnsafeMutableBufferPointer { positions in
        gramCount = unsafe reprise_word_grams(ids.baseAddress, tokens, grams.baseAddress)
        count = unsafe reprise_winnow(
          grams.baseAddress, gramCount, rules.window, positions.baseAddress)
      }
    }
  }

  private mutating func winnowMixed(_ ids: UnsafeBufferPointer<UInt64>, _ tokens: Int) {
    let weight = UInt32(2 * rules.minimumWords)
    unsafe grams.withUnsafeMutableBufferPointer { grams in
      unsafe ends.withUnsafeMutableBufferPointer { ends in
        unsafe weights.withUnsafeBufferPointer { weights in
          gramCount = unsafe reprise_mixed_grams(
            ids.baseAddress, weights.baseAddress, tokens, ends.baseAddress, grams.baseAddress)
          count = unsafe positions.withUnsafeMutableBufferPointer { positions in
            unsafe reprise_mixed_winnow(
              grams.baseAddress, ends.baseAddress, gramCount, weights.baseAddress, tokens, weight,
              positions.baseAddress)
          }
        }
      }
    }
  }

  private mutating func reserve(_ tokens: Int) {
    let isTooLarge = grams.count > 1 << 20 && tokens < 1 << 18
    guard grams.count < tokens + 1 || isTooLarge else { return }
    let capacity = isTooLarge ? tokens + 1 : max(tokens + 1, 2 * grams.count)
    grams = Array(repeating: 0, count: capacity)
    positions = Array(repeating: 0, count: capacity)
    weights = Array(repeating: 0, count: capacity)
    ends = Array(repeating: 0, count: capacity)
  }

  /// Appends the fingerprints to a list, as those of a document.
  public func append(to list: inout FingerprintList, document: UInt32) {
    for index in 0..<count {
      let position = Int(positions[index])
      list.append(
        hash: grams[position],
        FingerprintPlace(
          document: document, position: positions[index], context: context(position)))
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
