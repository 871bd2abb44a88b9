/// The documents of text files and JSON Lines files.
///
/// Memory is limited to the threads' buffers; see ``CorpusReader``.
package struct FileSource: DocumentSource {
  let reader: CorpusReader
  let fields: DocumentFields
  package let inputNames: [String]

  /// Creates a source without opening any file.
  ///
  /// - Parameters:
  ///   - inputs: the files, in corpus order.
  ///   - options: the options for reading them.
  ///   - fields: the fields of JSON Lines records.
  ///   - finished: batches of the same files and options that are not given.
  package init(
    inputs: [InputFile], options: ReadingOptions, fields: DocumentFields,
    finished: FinishedChunks = FinishedChunks()
  ) {
    var options = options
    options.fields = fields
    reader = CorpusReader(inputs: inputs, options: options, finished: finished)
    self.fields = fields
    inputNames = inputs.map(\.path.text)
  }

  /// The files, in corpus order.
  package var inputs: [InputFile] { reader.inputs }

  package func makeExtractor() -> any DocumentExtractor { FileExtractor(self) }

  /// Returns the texts of documents that were read.
  ///
  /// - Parameter facts: the facts of all batches.
  /// - Returns: their provider.
  package func texts(_ facts: SourceFacts) -> FileTexts { FileTexts(self, facts) }
}
