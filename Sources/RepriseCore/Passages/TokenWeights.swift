internal import CKernels

/// What the tokens of a document weigh: a word 2, a grapheme of a script written without spaces 1.
public struct TokenWeights: Sendable {
  /// What the tokens before each one weigh; empty if all are words.
  private let sums: [UInt32]

  /// Weighs the tokens of a text.
  /// - Complexity: O(tokens).
  public init(_ text: borrowing TokenizedText) {
    let count = text.count
    var graphemes = 0
    let sums = unsafe [UInt32](unsafeUninitializedCapacity: count + 1) { sums, initialized in
      graphemes = unsafe text.withTokens { bytes, starts in
        unsafe reprise_token_weights(bytes, starts, count, sums.baseAddress)
      }
      initialized = graphemes == 0 ? 0 : count + 1
    }
    self.sums = sums
  }

  /// The memory that the weights take, in bytes.
  var byteCount: Int { 4 * sums.count }

  /// What a range of tokens weighs.
  func weight(_ range: Range<Int>) -> Int {
    guard !sums.isEmpty else { return 2 * range.count }
    return Int(sums[range.upperBound] - sums[range.lowerBound])
  }

  /// The words in a range of tokens, a grapheme counted as half a word.
  public func words(_ range: Range<Int>) -> Int { (weight(range) + 1) / 2 }
}
