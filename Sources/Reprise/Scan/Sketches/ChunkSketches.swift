internal import RepriseCore
internal import RepriseCorpus

/// The sketches of the documents of one chunk: everything that the later stages need to know about
/// them.
struct ChunkSketches: Sendable {
  /// The documents of one input in the chunk.
  struct Slice: Sendable {
    var input: Int
    /// The index of the first document in the chunk.
    var firstDocument: Int
  }

  /// A problem with a line number that is relative to its slice, whose first line is 1.
  struct LocalProblem: Sendable {
    var slice: Int
    var problem: Problem
  }

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
  var problems: [LocalProblem] = []
  /// The number of lines of JSON Lines inputs that are blank.
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
    problems.removeAll()
    blankLineCount = 0
  }

  /// Writes the payload of the chunk's block in a signature file.
  func write(_ chunk: ChunkBuffer, to buffer: inout BlockBuffer) {
    let count = documents.count
    let problemLines = problemLines()
    let layout = ChunkLayout(
      documentCount: count, sliceCount: chunk.slices.count,
      bandCount: count == 0 ? 0 : keys.count / count,
      bBitWordCount: count == 0 ? 0 : bBitSignatures.count / count,
      fingerprintCount: fingerprints.count,
      blockHashCount: chunk.slices.reduce(0) { $0 + $1.facts.blockHashes.count },
      isLast: chunk.isLast,
      hasOrderKeys: !orderKeys.isEmpty, problemCount: problems.count,
      labelByteCount: labels.count, problemByteCount: problemLines.buffer.count,
      blankLineCount: blankLineCount)
    buffer.removeAll(reserving: layout.payloadByteCount)
    layout.write(to: &buffer)
    write(chunk.slices, to: &buffer)
    for document in documents { document.write(to: &buffer) }
    for key in orderKeys { buffer.append(key.bitPattern) }
    buffer.append(bBitSignatures)
    unsafe labels.withUnsafeBytes { unsafe buffer.append($0) }
    buffer.align()
    unsafe problemLines.buffer.withUnsafeBytes { unsafe buffer.append($0) }
    buffer.align()
    writeKeys(layout.bandCount, to: &buffer)
    writeFingerprints(to: &buffer)
  }

  private func write(_ chunkSlices: [InputSlice], to buffer: inout BlockBuffer) {
    for (index, slice) in chunkSlices.enumerated() {
      buffer.append(UInt32(slice.input))
      buffer.append(UInt32(slices[index].firstDocument))
      buffer.append(UInt64(slice.lineFeedCount))
      let facts = slice.facts
      buffer.append(UInt32(facts.firstBlock))
      buffer.append(UInt32(facts.blockHashes.count))
      buffer.append(UInt64(facts.checksum == nil ? 0 : 1) | UInt64(facts.encodingCode) << 8)
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

  /// Writes one line per problem: an array of the slice's index and the problem.
  private func problemLines() -> JSONWriter {
    var writer = JSONWriter(capacity: 256)
    for found in problems {
      writer.beginArray()
      writer.integer(found.slice)
      found.problem.write(to: &writer)
      writer.endArray()
      writer.endLine()
    }
    return writer
  }
}
