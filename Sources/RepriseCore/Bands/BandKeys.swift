internal import CXXHash

/// The keys of a document's bands: two documents share a bucket of band i if their keys i are
/// equal.
///
/// A key is XXH3-64 (seed 0) over the scheme's number, the band's number and the band's slots, each
/// as 32 bits little-endian. A sum of slots would collide by design: it must be a hash.
public struct BandKeys: ~Copyable {
  private let shape: BandShape
  private let scheme: UInt32
  private var message: [UInt32]

  /// Creates the key function of a scheme and shape.
  public init(shape: BandShape, scheme: UInt32) {
    self.shape = shape
    self.scheme = scheme
    message = Array(repeating: 0, count: 2 + shape.rowCount)
    message[0] = scheme.littleEndian
  }

  /// Appends the signature's band keys to `keys`, band 0 first.
  public mutating func append(
    of signature: borrowing Signature, to keys: inout [UInt64]
  ) {
    precondition(shape.bandCount * shape.rowCount <= signature.slotCount, "more rows than slots")
    let slots = signature.span
    for band in 0..<shape.bandCount {
      message[1] = UInt32(band).littleEndian
      for row in 0..<shape.rowCount {
        message[2 + row] = slots[band * shape.rowCount + row].littleEndian
      }
      let key = unsafe message.withUnsafeBytes { unsafe reprise_xxh3_64($0.baseAddress, $0.count) }
      keys.append(key)
    }
  }
}
