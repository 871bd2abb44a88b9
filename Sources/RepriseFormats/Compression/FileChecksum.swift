import CKernels

/// A file's size and a 64-bit hash of its raw bytes, to detect changes.
///
/// The bytes are divided into blocks of 1 MiB, and each block is hashed by XXH3-64 with seed 0. A
/// file of at most one block has the hash of that block, which is also the output of `xxhsum -H3`.
/// A longer file has the XXH3-64 of its block hashes as little-endian 64-bit numbers in order.
/// Several threads can therefore hash the blocks of one file. The hash does not protect against an
/// attacker.
package struct FileChecksum: Hashable, Sendable {
  /// The hash.
  package var hash: UInt64
  /// The number of raw bytes.
  package var byteCount: UInt64

  /// Creates a checksum from stored values.
  package init(hash: UInt64, byteCount: UInt64) {
    self.hash = hash
    self.byteCount = byteCount
  }

  /// The size in bytes of every block except the last.
  package static let blockByteCount = 1 << 20

  /// Returns the hash of one block.
  package static func hash(block: UnsafeRawBufferPointer) -> UInt64 {
    unsafe reprise_xxh3_64(block.baseAddress, block.count, reprise_best_instruction_set())
  }

  /// Returns the number of blocks of a file.
  ///
  /// An empty file has one empty block.
  package static func blockCount(ofBytes byteCount: UInt64) -> Int {
    max(1, Int((byteCount + UInt64(blockByteCount) - 1) / UInt64(blockByteCount)))
  }

  /// Combines the hashes of all blocks, in order.
  init(blockHashes: [UInt64], byteCount: UInt64) {
    self.byteCount = byteCount
    if blockHashes.count == 1 {
      hash = blockHashes[0]
    } else {
      hash = unsafe blockHashes.map(\.littleEndian).withUnsafeBytes { unsafe Self.hash(block: $0) }
    }
  }
}

extension FileChecksum: CustomStringConvertible {
  /// The hash as 16 hexadecimal digits.
  package var description: String {
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
