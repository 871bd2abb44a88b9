internal import CKernels

/// The keys of a document's bands: two documents share a bucket of band i if their keys i are
/// equal.
///
/// A key is XXH3-64 (seed 0) over the scheme's number, the band's number and the band's slots, each
/// as 32 bits little-endian. A sum of slots would collide by design: it must be a hash.
public struct BandKeys: Sendable {
  private let shape: BandShape
  private let scheme: UInt32

  /// Creates the key function of a scheme and shape.
  public init(shape: BandShape, scheme: UInt32) {
    precondition(shape.rowCount <= 1024, "a band has at most 1024 rows")
    self.shape = shape
    self.scheme = scheme
  }

  /// Appends the signature's band keys to `keys`, band 0 first.
  public func append(of signature: borrowing Signature, to keys: inout [UInt64]) {
    let (bands, rows) = (shape.bandCount, shape.rowCount)
    precondition(bands * rows <= signature.computedSlotCount, "more rows than slots")
    let first = keys.count
    keys.append(contentsOf: repeatElement(0, count: bands))
    unsafe keys.withUnsafeMutableBufferPointer { keys in
      unsafe signature.span.withUnsafeBufferPointer { slots in
        unsafe reprise_band_keys(
          slots.baseAddress, bands, rows, scheme, keys.baseAddress?.advanced(by: first))
      }
    }
  }
}
