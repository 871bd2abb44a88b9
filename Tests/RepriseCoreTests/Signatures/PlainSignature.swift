@testable import RepriseCore

/// Signatures as `docs/scheme.md` and the papers define them, slot by slot: the twin of the kernels.
enum PlainSignature {
  /// Fast similarity sketching with one bucket round.
  static func sketch(of ids: [UInt64], slotCount: Int) -> [UInt32] {
    let bits = slotCount.trailingZeroBitCount
    var slots = [UInt32?](repeating: nil, count: slotCount)
    for id in ids {
      let slot = Int(id >> UInt64(64 - bits))
      slots[slot] = min(slots[slot] ?? .max, low(id) >> 1)
    }
    return slots.enumerated().map { slot, value in value ?? fill(slot, ids) }
  }

  /// The value of a slot that no id fell into.
  static func fill(_ slot: Int, _ ids: [UInt64]) -> UInt32 {
    let factor = UInt32(slot + 1) &* 0x9E37_79B1
    var least = UInt32.max
    for id in ids {
      let v = (UInt32(id >> 32) ^ factor) &* (low(id) | 1)
      least = min(least, v ^ v >> 15)
    }
    return 0x8000_0000 | least >> 1
  }

  /// The sketch that fills by plain double hashing, hi + (i + 1) lo: what a test of banding rejects.
  ///
  /// It estimates as well, but its slots are correlated, so that banding finds too little.
  static func doubleHashing(of ids: [UInt64], slotCount: Int) -> [UInt32] {
    let filled = sketch(of: ids, slotCount: slotCount)
    return filled.enumerated().map { slot, value in
      guard value >> 31 == 1 else { return value }
      let least = ids.map { UInt32($0 >> 32) &+ UInt32(slot + 1) &* (low($0) | 1) }.min() ?? .max
      return 0x8000_0000 | least >> 1
    }
  }

  /// Classical MinHash.
  static func minhash(of ids: [UInt64], _ factors: [UInt32], _ summands: [UInt32]) -> [UInt32] {
    zip(factors, summands).map { a, b in
      ids.map { a &* low($0) &+ b }.min() ?? .max
    }
  }

  private static func low(_ id: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: id) }
}
