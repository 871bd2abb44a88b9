/// Gives the documents of a corpus to be sketched.
///
/// A new kind of source is one folder with three types: a source, the extractor that its threads use,
/// and a ``TextProvider`` that reads texts again. Files of all formats are one kind. All later stages
/// (sketches, comparison, decisions) know neither formats nor files. To them a document is its
/// ``DocumentLocator``, whose numbers the source chooses: for example a byte range of a file, a row of
/// a table, or a record and a range in it.
package protocol DocumentSource: Sendable {
  /// The names that problems use for the inputs, in corpus order.
  var inputNames: [String] { get }
  /// Creates an extractor for one thread.
  func makeExtractor() -> any DocumentExtractor
}

/// Reads batches of documents, one at a time, into reused buffers.
///
/// Not thread-safe. Several extractors of a source share its documents: each batch is given once.
package protocol DocumentExtractor: AnyObject {
  /// The batch that was read last.
  var batch: SourceBatch { get }
  /// Reads the next batch, in place of the one before; returns false if there is none.
  ///
  /// The batches are not in corpus order.
  ///
  /// - Throws: an error that ends the run. Errors of an input are given as items.
  func next() throws(CorpusError) -> Bool
  /// Calls `body` for every item of a slice of the batch, in order.
  ///
  /// The item is valid during the call.
  ///
  /// - Parameters:
  ///   - slice: the index of the slice in the batch.
  ///   - body: takes an item.
  /// - Throws: what `body` throws.
  func forEach(
    inSlice slice: Int, _ body: (SourceItem) throws(CorpusError) -> Void
  ) throws(CorpusError)
}
