internal import RepriseCore
internal import RepriseCorpus

/// Everything the later stages need of the documents of one chunk, or of a piece of it.
///
/// A chunk of very short documents becomes many times larger than it was read, so it is written in
/// pieces, each when it has reached ``pieceByteCount``.
struct ChunkSketches: ~Copyable, Sendable {
  /// The documents of one source within the piece.
  struct Part: Sendable {
    var source: Int
    /// The first document's index in the piece.
    var firstDocument: Int
    /// The part's index in the chunk.
    var index: Int
    /// True if documents of the part are in the piece before.
    var isContinued = false
    /// True once all documents of the part are here or in pieces before.
    var isComplete = false
  }

  /// The size at which a piece is written.
  ///
  /// A chunk of 1 MiB whose documents have 160 bytes or more is one piece.
  static let pieceByteCount = 2 << 20

  var parts: [Part] = []
  var documents: [DocumentRecord] = []
  /// Band keys, document by document.
  ///
  /// Documents without a signature have keys that mean nothing.
  var keys: [UInt64] = []
  /// Signature digests, document by document.
  var digests: [UInt64] = []
  /// Fingerprints, by the documents' places in the chunk.
  var fingerprints = FingerprintList()
  /// The keep order's value of each document; empty for corpus order.
  var orderKeys: [Double] = []
  /// The documents' labels, one behind the other.
  var labels: [UInt8] = []
  /// A line for each problem: an array of its part's index and the problem, whose line is counted
  /// from the part's first as 1.
  ///
  /// They are kept as they are written, because a chunk can have as many problems as lines.
  private var problems = JSONWriter(capacity: 256)
  /// The number of problems.
  private(set) var problemCount = 0
  /// Lines of JSON Lines sources that hold nothing but white space.
  var blankLineCount = 0

  /// Forgets everything and keeps the room.
  mutating func removeAll() {
    parts.removeAll(keepingCapacity: true)
    documents.removeAll(keepingCapacity: true)
    keys.removeAll(keepingCapacity: true)
    digests.removeAll(keepingCapacity: true)
    fingerprints = FingerprintList()
    orderKeys.removeAll(keepingCapacity: true)
    labels.removeAll(keepingCapacity: true)
    problems.buffer.removeAll()
    problemCount = 0
    blankLineCount = 0
  }

  /// The bytes that the piece takes so far.
  var byteCount: Int {
    8 * (keys.count + digests.count + orderKeys.count)
      + ChunkLayout.recordByteCount * documents.count
      + ChunkLayout.fingerprintByteCount * fingerprints.count + labels.count
      + problems.buffer.count
  }

  /// Adds a problem of the current part.
  mutating func report(_ problem: Problem) {
    problemCount += 1
    problems.beginArray()
    problems.integer(parts.count - 1)
    problem.write(to: &problems)
    problems.endArray()
    problems.endLine()
  }

  /// Begins the next piece, with the part that the piece before ended in.
  mutating func beginNextPiece() {
    let last = parts.last
    removeAll()
    guard var part = last else { return }
    (part.firstDocument, part.isContinued) = (0, true)
    parts.append(part)
  }

  /// Makes the payload of a block in a signature file.
  ///
  /// - Parameters:
  ///   - chunk: the chunk that this is a piece of.
  ///   - piece: the piece's number in the chunk.
  ///   - continues: true if another piece follows.
  ///   - buffer: gets the payload.
  func write(
    _ chunk: ChunkBuffer, piece: Int, continues: Bool, to buffer: inout BlockBuffer
  ) {
    let count = documents.count
    let chunkParts = parts.map { Self.written($0, chunk.parts[$0.index]) }
    let layout = ChunkLayout(
      documentCount: count, partCount: parts.count,
      bandCount: count == 0 ? 0 : keys.count / count,
      digestWordCount: count == 0 ? 0 : digests.count / count,
      fingerprintCount: fingerprints.count,
      blockHashCount: chunkParts.reduce(0) { $0 + $1.facts.blockHashes.count },
      isLast: chunk.isLast && !continues, hasOrderKeys: !orderKeys.isEmpty,
      hasFailedInput: chunk.problems.contains {
        CorpusError.Reason.ofFailedInputs.contains($0.error.reason)
      },
      continues: continues, problemCount: problemCount, labelByteCount: labels.count,
      problemByteCount: problems.buffer.count, blankLineCount: blankLineCount, piece: piece)
    buffer.removeAll(reserving: layout.payloadByteCount)
    layout.write(to: &buffer)
    write(chunkParts, to: &buffer)
    for document in documents { document.write(to: &buffer) }
    for key in orderKeys { buffer.append(key.bitPattern) }
    buffer.append(digests)
    unsafe labels.withUnsafeBytes { unsafe buffer.append($0) }
    buffer.align()
    unsafe problems.buffer.withUnsafeBytes { unsafe buffer.append($0) }
    buffer.align()
    writeKeys(layout.bandCount, to: &buffer)
    writeFingerprints(to: &buffer)
  }

  /// A part as it is written: the lines, hashes and fingerprint of one that goes on in the next piece
  /// are there.
  private static func written(_ part: Part, _ chunkPart: ChunkPart) -> ChunkPart {
    part.isComplete ? chunkPart : chunkPart.withoutEnd
  }

  private func write(_ chunkParts: [ChunkPart], to buffer: inout BlockBuffer) {
    for (index, part) in chunkParts.enumerated() {
      buffer.append(UInt32(part.source))
      buffer.append(UInt32(parts[index].firstDocument))
      buffer.append(UInt64(part.lineFeedCount))
      let facts = part.facts
      buffer.append(UInt32(facts.firstBlock))
      buffer.append(UInt32(facts.blockHashes.count))
      buffer.append(UInt64(facts.fingerprint == nil ? 0 : 1) | UInt64(facts.encodingCode) << 8)
      buffer.append(facts.fingerprint?.hash ?? 0)
      buffer.append(facts.fingerprint?.byteCount ?? 0)
    }
    for part in chunkParts { buffer.append(part.facts.blockHashes) }
  }

  /// Band by band: those who look for one band read a piece.
  private func writeKeys(_ bandCount: Int, to buffer: inout BlockBuffer) {
    let (count, keys) = (documents.count, keys.span)
    unsafe buffer.append(byteCount: 8 * bandCount * count) { bytes in
      // As many documents at once as the nearest cache holds.
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
    for part in 0..<FingerprintList.partCount {
      start += UInt32(fingerprints.count(inPart: part))
      buffer.append(start)
    }
    buffer.align()
    for part in 0..<FingerprintList.partCount {
      fingerprints.forEach(inPart: part) { key, place in
        buffer.append(key)
        buffer.append(place.document)
        buffer.append(place.position)
        buffer.append(place.context)
      }
    }
    buffer.align()
  }
}
