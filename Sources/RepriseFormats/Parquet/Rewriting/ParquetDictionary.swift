/// The strings of the dictionary of a text column, read when they are first needed.
///
/// Not thread-safe.
@safe
final class ParquetDictionary {
  private let values: ParquetValues?
  private var storage = PaddedBytes()
  private var isLoaded = false

  /// Creates a dictionary.
  ///
  /// - Parameters:
  ///   - column: the column of texts; nil for another column, whose values are never asked for.
  ///   - pages: the pages of the column in the row group.
  ///   - chunk: the column in the row group.
  ///   - reader: reads the page.
  init(
    _ column: ParquetColumn?, _ pages: ParquetPages, _ chunk: ParquetColumnChunk,
    _ reader: ParquetPageReader
  ) {
    values = column.map { ParquetValues($0, reader) }
    values?.begin(pages, chunk)
  }

  /// Calls `body` with the string of an index.
  ///
  /// - Throws: a fault if there is no such index, or the dictionary is damaged, and those of `body`.
  func withValue(
    _ index: UInt32, _ body: (UnsafeRawBufferPointer) throws(ParquetFault) -> Void
  ) throws(ParquetFault) {
    guard let values else { throw .damaged("it has no dictionary") }
    if !isLoaded { try values.loadDictionary(&storage) }
    isLoaded = true
    guard index < values.dictionary.count else {
      throw .damaged("an index is outside the dictionary")
    }
    let range = values.dictionary[Int(index)].range
    // In bounds: the values of the dictionary are within its page.
    unsafe try body(UnsafeRawBufferPointer(rebasing: storage.bytes[range]))
  }
}
