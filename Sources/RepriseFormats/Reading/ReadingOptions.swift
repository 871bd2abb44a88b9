/// The options for splitting files into records and chunks.
package struct ReadingOptions: Sendable {
  /// The number of bytes of a file per chunk.
  ///
  /// It should be a multiple of 1 MiB. With other values, large plain files get no checksum.
  package var chunkByteCount = 1 << 20
  /// The rule that splits text files into articles; nil if each file is one record.
  package var articleRule: ArticleRule?
  /// The maximum size of a record in bytes.
  ///
  /// Larger records are skipped and reported, and longer lines are not matched against the article
  /// rule.
  package var maximumRecordByteCount = 1 << 30
  /// The encoding of files without a byte order mark.
  package var encoding = TextEncoding.utf8
  /// True to detect the encoding of files without a byte order mark that are not UTF-8; then
  /// ``encoding`` is that of files whose encoding is not certain.
  package var detectsEncodings = false
  /// True to recognize formats by their content; false to read each input in the format that it was
  /// found with.
  package var detectsFormats = true
  /// The fields with the text of a record, which distinguish a record from other JSON objects.
  package var textFields = ["text"]
  /// Other fields that are read, which must not be ambiguous in the header of a table.
  package var otherFields: [String] = []
  /// The byte between two fields of CSV; nil to find it by the header.
  package var delimiter: UInt8?

  /// The fields of a document in a row; nil for the text fields alone.
  var fields: DocumentFields?
  /// The size limit in bytes of the cache for decoded files, whose records then need not be decoded
  /// again.
  package var cachedByteCount = 0
  /// The folder for temporary files, which are unnamed.
  package var temporaryFolder: BytePath = "/tmp"

  /// The number of first bytes that show the encoding of a file.
  var encodingByteCount: Int {
    detectsEncodings ? EncodingDetector.searchedByteCount : ByteOrderMark.searchedByteCount
  }

  /// The fields of a document in a row.
  var documentFields: DocumentFields { fields ?? DocumentFields(text: textFields, id: "id") }

  /// Creates the default options.
  package init() {}
}
