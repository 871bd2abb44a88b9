package import RepriseEngine

/// The facts about a batch of documents.
///
/// Batches are in corpus order when sorted by `inputs.lowerBound`, then `index`.
package struct SourceBatch: Sendable {
  /// The inputs covered: one, or several small ones that are covered completely.
  package internal(set) var inputs = 0..<0
  /// The index among the batches of the first input.
  package internal(set) var index = 0
  /// True for the last batch of its inputs.
  package internal(set) var isLast = false
  /// The slices of the inputs, in order.
  package internal(set) var slices: [InputSlice] = []
  /// True if an input could not be read completely.
  package internal(set) var hasFailedInput = false
  /// The size of the documents in bytes.
  package internal(set) var byteCount = 0
  /// The largest document; nil if there is none.
  package internal(set) var largest: DocumentLocator?

  /// Creates an empty batch.
  init() {}
}
