internal import RepriseCore
internal import RepriseEngine
internal import RepriseFormats

/// Everything the later stages need of the documents of one chunk, or of a piece of it.
///
/// A chunk of very short documents becomes many times larger than it was read, so it is written in
/// pieces, each when it has reached ``pieceByteCount``.
struct ChunkSketches: ~Copyable, Sendable {
  /// The documents of one input within the piece.
  struct Slice: Sendable {
    var input: Int
    /// The first document's index in the piece.
    var firstDocument: Int
    /// The slice's index in the chunk.
    var index: Int
    /// True if documents of the slice are in the piece before.
    var isContinued = false
    /// True once all documents of the slice are here or in pieces before.
    var isComplete = false
  }

  /// The size at which a piece is written.
  ///
  /// A chunk of 1 MiB whose documents have 160 bytes or more is one piece.
  static let pieceByteCount = 2 << 20

  var slices: [Slice] = []
  var documents: [DocumentDescriptor] = []
  /// Band keys, document by document.
  ///
  /// The keys of documents without a signature have no meaning.
  var keys: [UInt64] = []
  /// B-bit signatures, document by document.
  var bBitSignatures: [UInt64] = []
  /// Fingerprints, with the indices of their documents in the chunk.
  var fingerprints = FingerprintList()
  /// The keep order's value of each document; empty for corpus order.
  var orderKeys: [Double] = []
  /// The labels of the documents, one after another.
  var labels: [UInt8] = []
  /// A line for each problem: an array of its slice's index and the problem, whose line is counted
  /// from the slice's first as 1.
  ///
  /// They are kept as they are written, because a chunk can have as many problems as lines.
  private var problems = JSONWriter(capacity: 256)
  /// The number of problems.
  private(set) var problemCount = 0
  /// Lines of JSON Lines inputs that hold nothing but white space.
  var blankLineCount = 0

  /// Removes everything but keeps the capacity.
  mutating func removeAll() {
    slices.removeAll(keepingCapacity: true)
    documents.removeAll(keepingCapacity: true)
    keys.removeAll(keepingCapacity: true)
    bBitSignatures.removeAll(keepingCapacity: true)
    fingerprints = FingerprintList()
    orderKeys.removeAll(keepingCapacity: true)
    labels.removeAll(keepingCapacity: true)
    problems.buffer.removeAll()
    problemCount = 0
    blankLineCount = 0
  }

  /// The bytes that the piece takes so far.
  var byteCount: Int {
    8 * (keys.count + bBitSignatures.count + orderKeys.count)
      + ChunkLayout.descriptorByteCount * documents.count
      + ChunkLayout.fingerprintByteCount * fingerprints.count + labels.count
      + problems.buffer.count
  }

  /// Adds a problem of the current slice.
  mutating func report(_ problem: Problem) {
    problemCount += 1
    problems.beginArray()
    problems.integer(slices.count - 1)
    problem.write(to: &problems)
    problems.endArray()
    problems.endLine()
  }

  /// Begins the next piece, with the slice that the piece before ended in.
  mutating func beginNextPiece() {
    let last = slices.last
    removeAll()
    guard var slice = last else { return }
    (slice.firstDocument, slice.isContinued) = (0, true)
    slices.append(slice)
  }

  /// Makes the payload of a block in a signature file.
  ///
  /// - Parameters:
  ///   - chunk: the chunk that this is a piece of.
  ///   - piece: the piece's number in the chunk.
  ///   - continues: true if another piece follows.
  ///   - buffer: gets the payload.
  func write(
    _ chunk: SourceBatch, piece: Int, continues: Bool, to buffer: inout BlockBuffer
  ) {
    let count = documents.count
    let chunkSlices = slices.map { Self.written($0, chunk.slices[$0.index]) }
    let layout = ChunkLayout(
      documentCount: count, sliceCount: slices.count,
      bandCount: count == 0 ? 0 : keys.count / count,
      bBitWordCount: count == 0 ? 0 : bBitSignatures.count / count,
      fingerprintCount: fingerprints.count,
      blockHashCount: chunkSlices.reduce(0) { $0 + $1.facts.blockHashes.count },
      isLast: chunk.isLast && !continues, orderKeyCount: count == 0 ? 0 : orderKeys.count / count,
      hasFailedInput: chunk.hasFailedInput,
      continues: continues, problemCount: problemCount, labelByteCount: labels.count,
      problemByteCount: problems.buffer.count, blankLineCount: blankLineCount, piece: piece)
    buffer.removeAll(reserving: layout.payloadByteCount)
    layout.write(to: &buffer)
    write(chunkSlices, to: &buffer)
    for document in documents { document.write(to: &buffer) }
    for key in orderKeys { buffer.append(key.bitPattern) }
    buffer.append(bBitSignatures)
    unsafe labels.withUnsafeBytes { unsafe buffer.append($0) }
    buffer.align()
    unsafe problems.buffer.withUnsafeBytes { unsafe buffer.append($0) }
    buffer.align()
    writeKeys(layout.bandCount, to: &buffer)
    writeFingerprints(to: &buffer)
  }

  /// A slice as it is written: the lines, hashes and checksum of one that goes on in the next piece
  /// are there.
  private static func written(_ slice: Slice, _ chunkPart: InputSlice) -> InputSlice {
    slice.isComplete ? chunkPart : chunkPart.withoutEnd
  }

  private func write(_ chunkSlices: [InputSlice], to buffer: inout BlockBuffer) {
    for (index, slice) in chunkSlices.enumerated() {
      buffer.append(UInt32(slice.input))
      buffer.append(UInt32(slices[index].firstDocument))
      buffer.append(UInt64(slice.lineFeedCount))
      let facts = slice.facts
      buffer.append(UInt32(facts.firstBlock))
      buffer.append(UInt32(facts.blockHashes.count))
      buffer.append(
        UInt64(facts.checksum == nil ? 0 : 1) | UInt64(facts.encodingCode) << 8
          | UInt64(facts.formatCode) << 16 | UInt64(facts.compressionCode) << 24)
      buffer.append(facts.checksum?.hash ?? 0)
      buffer.append(facts.checksum?.byteCount ?? 0)
    }
    for slice in chunkSlices { buffer.append(slice.facts.blockHashes) }
  }

  /// Writes the keys band by band, so that a reader of one band reads one contiguous span.
  private func writeKeys(_ bandCount: Int, to buffer: inout BlockBuffer) {
    let (count, keys) = (documents.count, keys.span)
    unsafe buffer.append(byteCount: 8 * bandCount * count) { bytes in
      // Transposes as many documents at a time as fit in the nearest cache. In bounds: `bytes` has
      // 8 bytes per band and document, and `keys` has one key for each.
      for first in stride(from: 0, to: count, by: 64) {
        for band in 0..<bandCount {
          for document in first..<min(first + 64, count) {
            unsafe bytes.store(
              keys[document * bandCount + band], at: 8 * (band * count + document))
          }
        }
      }
    }
  }

  private func writeFingerprints(to buffer: inout BlockBuffer) {
    guard fingerprints.count > 0 else { return }
    var start: UInt32 = 0
    buffer.append(start)
    for partition in 0..<FingerprintList.partitionCount {
      start += UInt32(fingerprints.count(inPartition: partition))
      buffer.append(start)
    }
    buffer.align()
    for partition in 0..<FingerprintList.partitionCount {
      fingerprints.forEach(inPartition: partition) { key, posting in
        buffer.append(key)
        buffer.append(posting.document)
        buffer.append(posting.position)
        buffer.append(posting.context)
      }
    }
    buffer.align()
  }
}
