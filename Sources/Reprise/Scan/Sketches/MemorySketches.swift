internal import RepriseFormats
internal import Synchronization

/// Takes the sketches of a corpus into memory.
///
/// They take as much memory as a signature file takes of a disk; use a file for a corpus of unknown
/// size.
final class MemorySketches: ChunkSink {
  private let all = Mutex<[[UInt8]]>([])

  func append(
    _ payload: inout BlockBuffer, input: Int, number: Int
  ) throws(CorpusError) -> SignatureBlock {
    let bytes = payload.payload
    let index = all.withLock { all in
      all.append(bytes)
      return all.count - 1
    }
    let start = MemoryPayloads.start(of: index)
    return SignatureBlock(
      kind: .chunk, run: 0, input: UInt64(input), number: UInt64(number),
      payload: start..<start + UInt64(bytes.count), checksum: 0)
  }

  /// The payloads, after the last one was added.
  var payloads: MemoryPayloads { MemoryPayloads(all: all.withLock { $0 }) }
}

/// The payloads of chunks in memory.
struct MemoryPayloads: ChunkPayloads {
  let all: [[UInt8]]

  /// The name in messages; no error of memory has one.
  var path: BytePath { "memory" }

  /// The size of all payloads in bytes.
  var byteCount: Int { all.reduce(0) { $0 + $1.count } }

  /// An offset has the index of a payload above this number of bits.
  private static let offsetBitCount: UInt64 = 40

  /// The offset at which a payload begins.
  static func start(of index: Int) -> UInt64 { UInt64(index) << offsetBitCount }

  func read(into target: UnsafeMutableRawBufferPointer, at place: UInt64) throws(CorpusError) {
    let start = Int(place & (1 << Self.offsetBitCount - 1))
    let payload = all[Int(place >> Self.offsetBitCount)]
    // In bounds: the slice is checked, and has as many bytes as the target.
    unsafe target.copyBytes(from: payload[start..<start + target.count])
  }
}
