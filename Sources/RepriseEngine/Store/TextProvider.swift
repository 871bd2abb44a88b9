/// Gives the texts of documents again, in any order, on any number of threads.
package protocol TextProvider: Sendable {
  /// True if documents of some input must be copied before they can be read.
  var needsCopies: Bool { get }
  /// Returns whether documents of an input must be copied before they can be read.
  func needsCopies(ofInput input: Int) -> Bool
  /// Copies documents of one input, so that they can be read.
  ///
  /// Calls for different inputs may run at the same time. The provider records an error.
  ///
  /// - Parameters:
  ///   - documents: documents of one input.
  ///   - keepsEarlier: false to discard the earlier copies of the input.
  func copy(_ documents: [DocumentLocator], keepsEarlier: Bool)
  /// Creates a reader for one thread.
  func makeReader() -> any TextBytesReader
}

/// Reads one text at a time into a reused buffer.
///
/// Not thread-safe.
package protocol TextBytesReader: AnyObject {
  /// Returns the text of a document, valid until the next call; nil if it cannot be read again.
  ///
  /// The provider records an error.
  func text(at locator: DocumentLocator) -> UnsafeRawBufferPointer?
  /// Frees the memory of a long text, which is no longer valid.
  func release()
  /// Records that the text of a document differs from the one that was sketched.
  func reportChange(of locator: DocumentLocator)
}
