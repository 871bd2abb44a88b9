/// How many documents a scan can compare: their numbers have 32 bits, and one number means none.
package struct DocumentLimit: Sendable {
  /// The most documents that a scan can have.
  package var count = Int(UInt32.max) - 1

  /// Refuses more documents than there can be.
  ///
  /// - Throws: `tooManyDocuments`.
  package func check(_ documentCount: Int) throws(EngineError) {
    guard documentCount > count else { return }
    throw EngineError.tooManyDocuments(
      "a scan compares at most \(count) documents, and the inputs have more")
  }
}
