internal import CKernels

/// The band keys of a document: two documents share a bucket of a band if their keys for it are
/// equal.
///
/// A key is XXH3-64 (seed 0) over the scheme's number, the band's number and the band's slots, each
/// as 32 bits little-endian. It must be a hash: a sum of the slots, for example, would collide by
/// design.
package struct BandKeys: Sendable {
  private let shape: BandShape
  private let scheme: UInt32

  /// Creates the key function of a scheme and a shape of at most 1,024 rows.
  package init(shape: BandShape, scheme: UInt32) {
    precondition(shape.rowCount <= 1024, "a band has at most 1024 rows")
    self.shape = shape
    self.scheme = scheme
  }

  /// Appends the band keys of a signature to `keys`, band 0 first.
  /// - Complexity: O(bands x rows).
  package func append(of signature: borrowing Signature, to keys: inout [UInt64]) {
    let (bands, rows) = (shape.bandCount, shape.rowCount)
    precondition(bands * rows <= signature.computedSlotCount, "more rows than slots")
    let first = keys.count
    keys.append(contentsOf: repeatElement(0, count: bands))
    // In bounds: the precondition gives `bands * rows` slots, and `bands` keys were just appended.
    unsafe keys.withUnsafeMutableBufferPointer { keys in
      unsafe signature.span.withUnsafeBufferPointer { slots in
        unsafe reprise_band_keys(
          slots.baseAddress, bands, rows, scheme, keys.baseAddress?.advanced(by: first))
      }
    }
  }
}
