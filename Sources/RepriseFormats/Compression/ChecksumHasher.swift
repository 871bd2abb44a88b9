/// Computes a checksum of bytes that arrive in order, in pieces of any size.
struct ChecksumHasher: ~Copyable, Sendable {
  private let block: StreamHash
  private var filled = 0
  private var blockHashes: [UInt64] = []
  private(set) var byteCount: UInt64 = 0

  /// Creates the checksum of no bytes.
  /// - Parameter path: the path for an error.
  /// - Throws: `outOfMemory`.
  init(path: BytePath) throws(CorpusError) { block = try StreamHash(path: path) }

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    var rest = unsafe bytes
    byteCount += UInt64(rest.count)
    while rest.count > 0 {
      if filled == FileChecksum.blockByteCount { closeBlock() }
      let count = min(rest.count, FileChecksum.blockByteCount - filled)
      unsafe block.update(UnsafeRawBufferPointer(rebasing: rest[..<count]))
      filled += count
      unsafe rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  /// Returns the checksum of all bytes so far; more can follow.
  func checksum() -> FileChecksum {
    FileChecksum(blockHashes: blockHashes + [block.value], byteCount: byteCount)
  }

  private mutating func closeBlock() {
    blockHashes.append(block.value)
    block.reset()
    filled = 0
  }
}
