internal import RepriseCore
internal import RepriseCorpus
internal import Synchronization

/// The sketches of all documents in corpus order, in signature files: what is kept in memory is
/// where each chunk is.
///
/// Records and labels are kept in memory if that is within the budget, and read piece by piece if
/// not.
final class SketchStore: Sendable {
  /// Where consecutive documents of one input come from.
  struct Slice: Sendable {
    var input: UInt32
    /// Line feeds in the input before this slice.
    var linesBefore: Int
  }

  /// Documents that were read together.
  struct Chunk: Sendable {
    /// Its place in corpus order.
    var index: Int
    var file: Int
    /// Where its payload begins in the file.
    var start: UInt64
    var layout: ChunkLayout
    var firstDocument: Int
    var firstSlice: Int

    /// Its documents.
    var documents: Range<Int> { firstDocument..<firstDocument + layout.documentCount }
  }

  /// A signature file, the blocks of its chunks, and the number of its first input.
  typealias Contents = (file: SignatureFile, blocks: [SignatureBlock], firstInput: Int)

  private let files: [SignatureFile]
  let chunks: [Chunk]
  let slices: [Slice]
  private let chunkRanges: DocumentRanges
  private let sliceRanges: DocumentRanges
  let documentCount: Int
  /// What the chunks say of the inputs.
  let inputs: SourceFacts
  private let sections = Mutex<ResidentSections?>(nil)
  private let failure = Mutex<CorpusError?>(nil)

  /// Puts the chunks of files in order.
  ///
  /// - Parameters:
  ///   - contents: the files.
  ///   - inputs: the files that were sketched.
  ///   - encoding: the encoding of those without a byte order mark.
  ///   - limit: how many documents there can be.
  /// - Throws: `cannotRead`, `tooManyDocuments`, or `invalidSignatures` if a chunk is not what its
  ///   header says.
  init(
    _ contents: [Contents], of inputs: [InputFile], encoding: TextEncoding, limit: DocumentLimit
  ) throws(CorpusError) {
    files = contents.map(\.file)
    var builder = SketchStoreBuilder(inputs: inputs, encoding: encoding)
    for (index, content) in contents.enumerated() {
      let blocks = content.blocks.sorted(by: Self.isBefore)
      for block in blocks {
        try builder.add(block, in: content, index)
        try limit.check(builder.documentCount)
      }
    }
    (chunks, slices, documentCount) = (builder.chunks, builder.slices, builder.documentCount)
    self.inputs = builder.facts
    (chunkRanges, sliceRanges) = (builder.chunkRanges, builder.sliceRanges)
  }

  /// The order of blocks in the corpus; the pieces of a chunk come in the order of the file.
  static func isBefore(_ left: SignatureBlock, _ right: SignatureBlock) -> Bool {
    (left.input, left.number, left.payload.lowerBound)
      < (right.input, right.number, right.payload.lowerBound)
  }

  /// Keeps descriptors and labels in memory from now on, so that documents are looked at there.
  func loadSections(threads: Int) {
    let resident = ResidentSections(self, threads: threads)
    sections.withLock { $0 = resident }
  }

  /// Records and labels, if they are in memory.
  var resident: ResidentSections? { sections.withLock { $0 } }

  /// Throws if a file could not be read somewhere since the last call; what was read then is zeros.
  func check() throws(CorpusError) {
    if let failure = failure.withLock({ $0 }) { throw failure }
  }

  /// Fills a buffer with bytes of a chunk's payload, zeros if they cannot be read.
  func read(_ range: Range<Int>, of chunk: Chunk, into target: UnsafeMutableRawBufferPointer) {
    do throws(CorpusError) {
      unsafe try files[chunk.file].read(into: target, at: chunk.start + UInt64(range.lowerBound))
    } catch {
      failure.withLock { $0 = $0 ?? error }
      unsafe target.initializeMemory(as: UInt8.self, repeating: 0)
    }
  }

  /// The file that holds a chunk.
  func path(of chunk: Chunk) -> BytePath { files[chunk.file].path }

  /// The slice that holds a document.
  func slice(of document: Int) -> Slice { slices[sliceRanges.range(of: document)] }

  /// Which chunk holds a document.
  func chunkIndex(of document: Int) -> Int { chunkRanges.range(of: document) }
}
