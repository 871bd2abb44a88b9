/// The hashes of a file's blocks, collected in any order, until they make its fingerprint.
public struct BlockHashes: Sendable {
  /// The size of the file in bytes.
  public let byteCount: UInt64
  private var hashes: [UInt64?]
  private var missing: Int

  /// Prepares for a file of a known size.
  public init(byteCount: UInt64) {
    self.byteCount = byteCount
    missing = Fingerprint.blockCount(ofBytes: byteCount)
    hashes = Array(repeating: nil, count: missing)
  }

  /// Stores the hash of one block, counted from 0.
  public mutating func record(block: Int, hash: UInt64) {
    if hashes[block] == nil { missing -= 1 }
    hashes[block] = hash
  }

  /// The fingerprint, once every block is there.
  public var fingerprint: Fingerprint? {
    guard missing == 0 else { return nil }
    return Fingerprint(blockHashes: hashes.compactMap { $0 }, byteCount: byteCount)
  }
}
