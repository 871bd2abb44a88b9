internal import Synchronization

/// Takes the sketches of a corpus into memory.
///
/// They take as much memory as a signature file takes of a disk; use a file for a corpus of unknown
/// size.
package final class MemorySketches: Sendable {
  private let all = Mutex<[[UInt8]]>([])

  /// Appends the payload of a chunk, or of a piece of one.
  ///
  /// - Parameters:
  ///   - payload: the payload.
  ///   - input: the first input of the chunk.
  ///   - number: the index of the chunk among those of that input.
  /// - Returns: where the payload is.
  package func append(
    _ payload: inout BlockBuffer, input: Int, number: Int
  ) -> SignatureBlock {
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

  /// Creates an empty list.
  package init() {}

  /// The payloads, after the last one was added.
  package var payloads: MemoryPayloads { MemoryPayloads(all: all.withLock { $0 }) }
}

/// The payloads of chunks in memory.
package struct MemoryPayloads: ChunkPayloads {
  let all: [[UInt8]]

  /// The size of all payloads in bytes.
  package var byteCount: Int { all.reduce(0) { $0 + $1.count } }

  /// An offset has the index of a payload above this number of bits.
  private static let offsetBitCount: UInt64 = 40

  /// The offset at which a payload begins.
  static func start(of index: Int) -> UInt64 { UInt64(index) << offsetBitCount }

  package func fill(_ target: UnsafeMutableRawBufferPointer, from place: UInt64) {
    let start = Int(place & (1 << Self.offsetBitCount - 1))
    let payload = all[Int(place >> Self.offsetBitCount)]
    // In bounds: the slice is checked, and has as many bytes as the target.
    unsafe target.copyBytes(from: payload[start..<start + target.count])
  }

  package func unusable(_ what: String) -> EngineError { .changed("the sketches: \(what)") }

  package func changed(_ what: String) -> EngineError { .changed(what) }
}
