internal import CKernels

/// The tokens of a document as 64-bit numbers, equal where the tokens are equal.
///
/// Different tokens may have equal numbers, though rarely. Never store them: they can change
/// between versions.
package struct PassageText: Sendable {
  /// The number of each token.
  package let tokens: [UInt64]
  /// The weights of the tokens.
  package let weights: TokenWeights
  /// For each token, its pairs of characters as a set of bits; empty unless asked for.
  let letters: [UInt64]

  /// Computes the numbers of a text's tokens.
  /// - Parameters:
  ///   - text: the tokens.
  ///   - hasLetters: true to compute the letters of each token, too.
  /// - Complexity: O(bytes).
  package init(_ text: borrowing TokenizedText, hasLetters: Bool = false) {
    let count = text.count
    letters =
      hasLetters
      ? unsafe [UInt64](unsafeUninitializedCapacity: count) { letters, initialized in
        initialized = count
        // In bounds: the kernel writes a number per token.
        unsafe text.withTokens { bytes, starts in
          unsafe reprise_token_letters(bytes, starts, count, letters.baseAddress)
        }
      } : []
    tokens = unsafe [UInt64](unsafeUninitializedCapacity: count) { tokens, initialized in
      initialized = count
      // In bounds: the kernel writes a number per token, and `withTokens` gives padded bytes.
      unsafe text.withTokens { bytes, starts in
        unsafe reprise_token_numbers(bytes, starts, count, tokens.baseAddress)
      }
    }
    weights = TokenWeights(text)
  }

  /// The number of tokens.
  package var count: Int { tokens.count }

  /// The memory that the text takes, in bytes.
  package var byteCount: Int { 8 * (tokens.count + letters.count) + weights.byteCount + 64 }
}
