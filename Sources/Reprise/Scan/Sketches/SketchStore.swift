internal import RepriseCore
internal import RepriseFormats
internal import Synchronization

/// The sketches of all documents in corpus order, in signature files or in memory.
///
/// Memory holds only the location of each chunk.
///
/// Descriptors and labels are also resident if they fit in the memory limit; otherwise they are
/// read when needed.
final class SketchStore: Sendable {
  /// The origin of consecutive documents of one input.
  struct Slice: Sendable {
    var input: UInt32
    /// The number of line feeds in the input before this slice.
    var linesBefore: Int
  }

  /// Documents that were read together.
  struct Chunk: Sendable {
    /// The index in corpus order.
    var index: Int
    var file: Int
    /// The offset of the payload in the file.
    var start: UInt64
    var layout: ChunkLayout
    var firstDocument: Int
    var firstSlice: Int

    /// The documents of the chunk.
    var documents: Range<Int> { firstDocument..<firstDocument + layout.documentCount }
  }

  /// A signature file or memory, the blocks of its chunks, and the index of its first input.
  typealias Contents = (file: any ChunkPayloads, blocks: [SignatureBlock], firstInput: Int)

  private let files: [any ChunkPayloads]
  let chunks: [Chunk]
  let slices: [Slice]
  private let chunkRanges: DocumentRanges
  private let sliceRanges: DocumentRanges
  let documentCount: Int
  /// The number of reference documents, which come first.
  let referenceCount: Int
  /// The facts about the inputs that the chunks contain.
  let inputs: SourceFacts
  private let sections = Mutex<ResidentSections?>(nil)
  private let failure = Mutex<CorpusError?>(nil)

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
    files = contents.map(\.file)
    var builder = SketchStoreBuilder(
      inputs: inputs, referenceInputs: referenceInputs ?? inputs.count(where: \.isReference),
      encoding: encoding)
    for (index, content) in contents.enumerated() {
      let blocks = content.blocks.sorted(by: Self.isBefore)
      for block in blocks {
        try builder.add(block, in: content, index)
        try limit.check(builder.documentCount)
      }
    }
    (chunks, slices, documentCount) = (builder.chunks, builder.slices, builder.documentCount)
    self.inputs = builder.facts
    referenceCount = builder.referenceCount
    (chunkRanges, sliceRanges) = (builder.chunkRanges, builder.sliceRanges)
  }

  /// The order of blocks in the corpus; the pieces of a chunk come in the order of the file.
  static func isBefore(_ left: SignatureBlock, _ right: SignatureBlock) -> Bool {
    (left.input, left.number, left.payload.lowerBound)
      < (right.input, right.number, right.payload.lowerBound)
  }

  /// Keeps descriptors and labels in memory from now on, so that documents are looked at there.
  ///
  /// A cancelled run does not load all of them.
  func loadSections(threads: Int, _ cancellation: Cancellation) {
    let resident = ResidentSections(self, threads: threads, cancellation)
    sections.withLock { $0 = resident }
  }

  /// Descriptors and labels, if they are resident.
  var resident: ResidentSections? { sections.withLock { $0 } }

  /// Throws the first error of ``read(_:of:into:)``, if any.
  ///
  /// The bytes of that call were zeros.
  func check() throws(CorpusError) {
    if let failure = failure.withLock({ $0 }) { throw failure }
  }

  /// Records that a second reading gave other bytes than the first.
  func reportChange() {
    let change = CorpusError.changed(
      files[0].path, "a second reading of the signatures gave other band keys")
    failure.withLock { $0 = $0 ?? change }
  }

  /// Reads bytes of a chunk's payload.
  ///
  /// Fills the buffer with zeros if they cannot be read.
  func read(_ range: Range<Int>, of chunk: Chunk, into target: UnsafeMutableRawBufferPointer) {
    do throws(CorpusError) {
      // The file's `read` fills exactly the target, or throws.
      unsafe try files[chunk.file].read(into: target, at: chunk.start + UInt64(range.lowerBound))
    } catch {
      failure.withLock { $0 = $0 ?? error }
      unsafe target.initializeMemory(as: UInt8.self, repeating: 0)
    }
  }

  /// Returns the path of the file that contains a chunk.
  func path(of chunk: Chunk) -> BytePath { files[chunk.file].path }

  /// Returns the slice that contains a document.
  func slice(of document: Int) -> Slice { slices[sliceRanges.range(of: document)] }

  /// Returns the index of the chunk that contains a document.
  func chunkIndex(of document: Int) -> Int { chunkRanges.range(of: document) }
}
