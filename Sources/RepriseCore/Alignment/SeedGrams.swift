internal import CKernels

/// The seeds of a text: the hash of the shortest span of three words that begins at each token.
///
/// A grapheme of a script written without spaces counts as half a word, so there a seed has six
/// graphemes. The buffer is reused for the next text.
package struct SeedGrams: Sendable {
  /// The length of a seed, in words.
  static let words = Int(REPRISE_SEED_WEIGHT) / 2

  /// The hash of the seed at each token; none where the text ends before.
  package private(set) var hashes: [UInt64] = []

  /// Creates an empty buffer.
  package init() {}

  /// Replaces the seeds with those of a text.
  /// - Complexity: O(tokens).
  package mutating func read(_ text: PassageText) {
    let tokens = text.tokens
    // In bounds: the kernel writes at most one hash for each token, and there is a sum for each token
    // and one for all, or none.
    hashes = unsafe text.weights.withSums { sums in
      unsafe [UInt64](unsafeUninitializedCapacity: tokens.count) { hashes, initialized in
        initialized = unsafe reprise_seed_hashes(
          tokens, tokens.count, sums.baseAddress, hashes.baseAddress)
      }
    }
  }
}
