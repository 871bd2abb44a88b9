/// Collects the hashes of a file's blocks in any order, and combines them into its checksum.
package struct BlockHashes: Sendable {
  /// The size of the file in bytes.
  package let byteCount: UInt64
  private var hashes: [UInt64?]
  private var missing: Int

  /// Creates an empty collection for a file of a known size.
  package init(byteCount: UInt64) {
    self.byteCount = byteCount
    missing = FileChecksum.blockCount(ofBytes: byteCount)
    hashes = Array(repeating: nil, count: missing)
  }

  /// Stores the hash of one block, counted from 0.
  package mutating func record(block: Int, hash: UInt64) {
    if hashes[block] == nil { missing -= 1 }
    hashes[block] = hash
  }

  /// The checksum; nil until every block was stored.
  package var checksum: FileChecksum? {
    guard missing == 0 else { return nil }
    return FileChecksum(blockHashes: hashes.compactMap { $0 }, byteCount: byteCount)
  }
}
