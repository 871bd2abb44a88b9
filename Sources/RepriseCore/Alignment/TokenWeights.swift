internal import CKernels

/// The weights of a document's tokens: 2 for a word, 1 for a symbol or a grapheme of a script
/// written without spaces.
@usableFromInline
package struct TokenWeights: Sendable {
  /// The total weight of the tokens before each one, and of all; empty if all tokens are words.
  @usableFromInline let sums: [UInt32]

  /// Weighs the tokens of a text.
  /// - Complexity: O(tokens).
  package init(_ text: borrowing TokenizedText) {
    let count = text.count
    let style = text.style
    var halves = 0
    // In bounds: the kernel writes nothing, or a sum per token and the total.
    let sums = unsafe [UInt32](unsafeUninitializedCapacity: count + 1) { sums, initialized in
      halves = unsafe text.withTokens { bytes, starts in
        unsafe reprise_token_weights(bytes, starts, count, style, sums.baseAddress)
      }
      initialized = halves == 0 ? 0 : count + 1
    }
    self.sums = sums
  }

  /// The memory that the weights take, in bytes.
  var byteCount: Int { 4 * sums.count }

  /// True if a token counts as half a word.
  package var hasHalves: Bool { !sums.isEmpty }

  /// Calls `body` with the total weights before each token and of all; none if all are words.
  func withSums<Result>(_ body: (UnsafeBufferPointer<UInt32>) -> Result) -> Result {
    guard !sums.isEmpty else { return unsafe body(UnsafeBufferPointer(start: nil, count: 0)) }
    return unsafe sums.withUnsafeBufferPointer(body)
  }

  /// The total weight of a range of tokens: 2 for each word, 1 for half a word.
  @inlinable
  package func weight(_ range: Range<Int>) -> Int {
    guard !sums.isEmpty else { return 2 * range.count }
    return Int(sums[range.upperBound] - sums[range.lowerBound])
  }

  /// The number of words in a range of tokens, where a grapheme or a symbol is half a word; rounded up.
  package func words(_ range: Range<Int>) -> Int { (weight(range) + 1) / 2 }
}
