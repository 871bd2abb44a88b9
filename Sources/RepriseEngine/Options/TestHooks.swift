/// Values that only tests change.
///
/// They do not change results.
package struct TestHooks: Sendable {
  /// The size of a chunk in bytes, which a thread reads at once.
  package var chunkByteCount = 1 << 20
  /// The memory in bytes for grouping and for components that are verified together.
  ///
  /// If set, no section of the signature file is resident. Nil means what the memory limit leaves.
  package var workByteCount: Int?
  /// The memory for passages in bytes; nil means what the memory limit leaves.
  package var passageByteCount: Int?
  /// Called with the number of chunks, or pieces of chunks, that this run has written; true stops
  /// the run, where a kill could have.
  package var stopsAfter: @Sendable (_ blockCount: Int) -> Bool = { _ in false }
  /// The limit on the number of documents.
  package var documentLimit = DocumentLimit()

  /// Creates hooks that change nothing.
  package init() {}
}
