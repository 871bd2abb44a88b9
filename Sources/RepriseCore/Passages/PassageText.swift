internal import CKernels

/// The tokens of a document, as numbers that are equal where the tokens are.
public struct PassageText: Sendable {
  /// XXH3-64 of each token.
  let tokens: [UInt64]
  /// What the tokens before each one weigh, a word 2, a grapheme 1; empty if all are words.
  private let weights: [UInt32]

  /// Copies the tokens of a text.
  /// - Complexity: O(bytes).
  public init(_ text: borrowing TokenizedText, instructionSet: InstructionSet = .best) {
    let count = text.count
    let set = instructionSet.kernel
    tokens = unsafe [UInt64](unsafeUninitializedCapacity: count) { tokens, initialized in
      initialized = count
      guard count > 0 else { return }
      unsafe text.withTokens { bytes, starts in
        unsafe reprise_shingle_ids(bytes, starts, count, 1, tokens.baseAddress, set)
      }
    }
    var sums = [UInt32](repeating: 0, count: count + 1)
    let graphemes = unsafe sums.withUnsafeMutableBufferPointer { sums in
      unsafe text.withTokens { bytes, starts in
        unsafe reprise_token_weights(bytes, starts, count, sums.baseAddress)
      }
    }
    weights = graphemes == 0 ? [] : sums
  }

  /// The number of tokens.
  public var count: Int { tokens.count }

  /// The memory that the text takes, in bytes.
  public var byteCount: Int { 8 * tokens.count + 4 * weights.count + 64 }

  /// The words in a range of tokens, doubled: a grapheme is half a word.
  func weight(_ range: Range<Int>) -> Int {
    guard !weights.isEmpty else { return 2 * range.count }
    return Int(weights[range.upperBound] - weights[range.lowerBound])
  }

  /// The words in a range of tokens.
  public func words(_ range: Range<Int>) -> Int { (weight(range) + 1) / 2 }
}
