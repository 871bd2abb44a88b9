internal import RepriseEngine
internal import RepriseFormats

/// The sketches of all documents, and the facts about the inputs that the chunks contain.
struct StoredSketches: Sendable {
  /// A signature file or memory, the blocks of its chunks, and the index of its first input.
  typealias Contents = (file: any ChunkPayloads, blocks: [SignatureBlock], firstInput: Int)

  /// The sketches in corpus order.
  let store: SketchStore
  /// The facts about the inputs.
  let facts: SourceFacts

  /// Orders the chunks of the files.
  ///
  /// - Parameters:
  ///   - contents: the files.
  ///   - inputs: the files that were sketched; empty if the inputs are not files.
  ///   - referenceInputs: the number of inputs with reference documents, which come first; nil to
  ///     count the files.
  ///   - encoding: the encoding of those without a byte order mark.
  ///   - limit: how many documents there can be.
  /// - Throws: `cannotRead`, `tooManyDocuments`, or `invalidSignatures` if a chunk is not what its
  ///   header says.
  init(
    _ contents: [Contents], of inputs: [InputFile], referenceInputs: Int? = nil,
    encoding: TextEncoding, limit: DocumentLimit
  ) throws(CorpusError) {
    var builder = SketchStoreBuilder(
      inputs: inputs, referenceInputs: referenceInputs ?? inputs.count(where: \.isReference),
      encoding: encoding)
    for (index, content) in contents.enumerated() {
      let blocks = content.blocks.sorted(by: SketchStore.isBefore)
      for block in blocks {
        try builder.add(block, in: content, index)
        try CorpusError.ofEngine { () throws(EngineError) in
          try limit.check(builder.documentCount)
        }
      }
    }
    facts = builder.facts
    store = SketchStore(
      contents.map(\.file), chunks: builder.chunks, slices: builder.slices,
      chunkRanges: builder.chunkRanges, sliceRanges: builder.sliceRanges,
      documentCount: builder.documentCount, referenceCount: builder.referenceCount)
  }
}
