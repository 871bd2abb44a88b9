/// Keys of fingerprints, with bits that reject most others without a look at the keys.
package struct KeyFilter: Sendable {
  /// The keys.
  package private(set) var keys: Set<UInt64> = []
  /// A bit for the top bits of each key.
  private var bits = [UInt64](repeating: 0, count: 1 << (bitCount - 6))

  /// With 2^22 bits, half a megabyte, 100,000 keys let one other key in forty pass.
  private static let bitCount = 22

  /// Creates a filter for some keys.
  package init(_ keys: Set<UInt64> = []) {
    self.keys = keys
    for key in keys { mark(key) }
  }

  private mutating func mark(_ key: UInt64) {
    let bit = Int(key >> UInt64(64 - Self.bitCount))
    bits[bit / 64] |= 1 << UInt64(bit % 64)
  }

  mutating func insert(_ key: UInt64) {
    if keys.insert(key).inserted { mark(key) }
  }

  /// Whether a key is one of these.
  package func contains(_ key: UInt64) -> Bool {
    let bit = Int(key >> UInt64(64 - Self.bitCount))
    return bits[bit / 64] >> UInt64(bit % 64) & 1 != 0 && keys.contains(key)
  }
}
