internal import CKernels

/// The tokens of a document, as numbers that are equal where the tokens are.
public struct PassageText: Sendable {
  /// A number for each token.
  let tokens: [UInt64]
  /// What they weigh.
  public let weights: TokenWeights

  /// Copies the tokens of a text.
  /// - Complexity: O(bytes).
  public init(_ text: borrowing TokenizedText) {
    let count = text.count
    tokens = unsafe [UInt64](unsafeUninitializedCapacity: count) { tokens, initialized in
      initialized = count
      unsafe text.withTokens { bytes, starts in
        unsafe reprise_token_numbers(bytes, starts, count, tokens.baseAddress)
      }
    }
    weights = TokenWeights(text)
  }

  /// The number of tokens.
  public var count: Int { tokens.count }

  /// The memory that the text takes, in bytes.
  public var byteCount: Int { 8 * tokens.count + weights.byteCount + 64 }
}
