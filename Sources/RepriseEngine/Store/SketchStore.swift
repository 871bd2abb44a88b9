internal import RepriseCore
internal import Synchronization

/// The sketches of all documents in corpus order, in signature files or in memory.
///
/// Memory holds only the location of each chunk.
///
/// Descriptors and labels are also resident if they fit in the memory limit; otherwise they are
/// read when needed.
package final class SketchStore: Sendable {
  /// The origin of consecutive documents of one input.
  package struct Slice: Sendable {
    package var input: UInt32
    /// The number of line feeds in the input before this slice.
    package var linesBefore: Int

    /// Creates a slice.
    package init(input: UInt32, linesBefore: Int) {
      (self.input, self.linesBefore) = (input, linesBefore)
    }
  }

  /// Documents that were read together.
  package struct Chunk: Sendable {
    /// The index in corpus order.
    package var index: Int
    package var file: Int
    /// The offset of the payload in the file.
    package var start: UInt64
    package var layout: ChunkLayout
    package var firstDocument: Int
    package var firstSlice: Int

    /// Creates a chunk.
    package init(
      index: Int, file: Int, start: UInt64, layout: ChunkLayout, firstDocument: Int,
      firstSlice: Int
    ) {
      (self.index, self.file, self.start, self.layout) = (index, file, start, layout)
      (self.firstDocument, self.firstSlice) = (firstDocument, firstSlice)
    }

    /// The documents of the chunk.
    package var documents: Range<Int> { firstDocument..<firstDocument + layout.documentCount }
  }

  private let files: [any ChunkPayloads]
  package let chunks: [Chunk]
  package let slices: [Slice]
  private let chunkRanges: DocumentRanges
  private let sliceRanges: DocumentRanges
  package let documentCount: Int
  /// The number of reference documents, which come first.
  package let referenceCount: Int
  private let sections = Mutex<ResidentSections?>(nil)
  private let failure = Mutex<EngineError?>(nil)

  /// Creates a store.
  ///
  /// - Parameters:
  ///   - files: where the payloads of the chunks are.
  ///   - chunks: the chunks in corpus order.
  ///   - slices: the slices of the chunks, in order.
  ///   - chunkRanges: the first document of each chunk.
  ///   - sliceRanges: the first document of each slice.
  ///   - documentCount: the number of documents.
  ///   - referenceCount: the number of reference documents, which come first.
  package init(
    _ files: [any ChunkPayloads], chunks: [Chunk], slices: [Slice], chunkRanges: DocumentRanges,
    sliceRanges: DocumentRanges, documentCount: Int, referenceCount: Int
  ) {
    self.files = files
    (self.chunks, self.slices) = (chunks, slices)
    (self.chunkRanges, self.sliceRanges) = (chunkRanges, sliceRanges)
    (self.documentCount, self.referenceCount) = (documentCount, referenceCount)
  }

  /// The order of blocks in the corpus; the pieces of a chunk come in the order of the file.
  package static func isBefore(_ left: SignatureBlock, _ right: SignatureBlock) -> Bool {
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
  package var resident: ResidentSections? { sections.withLock { $0 } }

  /// Throws the first error of ``read(_:of:into:)``, if any.
  ///
  /// The bytes of that call were zeros.
  package func check() throws(EngineError) {
    if let failure = failure.withLock({ $0 }) { throw failure }
  }

  /// Records that a second reading gave other bytes than the first.
  package func reportChange() {
    let change = files[0].changed("a second reading of the signatures gave other band keys")
    failure.withLock { $0 = $0 ?? change }
  }

  /// Reads bytes of a chunk's payload.
  ///
  /// Fills the buffer with zeros if they cannot be read.
  package func read(
    _ range: Range<Int>, of chunk: Chunk, into target: UnsafeMutableRawBufferPointer
  ) {
    do throws(EngineError) {
      // The file's `fill` fills exactly the target, or throws.
      unsafe try files[chunk.file].fill(target, from: chunk.start + UInt64(range.lowerBound))
    } catch {
      failure.withLock { $0 = $0 ?? error }
      unsafe target.initializeMemory(as: UInt8.self, repeating: 0)
    }
  }

  /// Returns the error of a chunk that is not what it must be.
  package func unusable(_ chunk: Chunk, _ what: String) -> EngineError {
    files[chunk.file].unusable(what)
  }

  /// Returns the slice that contains a document.
  package func slice(of document: Int) -> Slice { slices[sliceRanges.range(of: document)] }

  /// Returns the index of the chunk that contains a document.
  package func chunkIndex(of document: Int) -> Int { chunkRanges.range(of: document) }
}
