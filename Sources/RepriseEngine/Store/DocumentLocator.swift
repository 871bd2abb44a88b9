/// Where the source of a document finds it again.
///
/// Only the source knows what the numbers mean, for example a byte range or a row.
package struct DocumentLocator: Hashable, Sendable {
  /// The index of the input in the source's list of inputs.
  package var input: Int
  /// Where the document begins in the input.
  package var position: UInt64
  /// The size of the document in the input; ``unknownExtent`` if its end was not seen.
  package var extent: UInt32

  /// The extent of a document that ends where the next one of its input begins, or with its input.
  package static let unknownExtent = UInt32.max

  /// Creates a locator.
  package init(input: Int, position: UInt64, extent: UInt32) {
    self.input = input
    self.position = position
    self.extent = extent
  }
}
