internal import CKernels

/// Classical MinHash with affine functions of 32 bits: slot i is the minimum of a[i] x + b[i] mod
/// 2^32 over the low halves x of the shingle ids (Broder, 1997).
///
/// For tests of ``Signature``, and for exchange with systems that use this method. It takes K steps
/// per shingle, so prefer ``Signature``.
package struct MinHash: Sendable {
  private let factors: [UInt32]
  private let summands: [UInt32]

  /// Creates functions with given coefficients, one factor and one summand per slot.
  package init(factors: [UInt32], summands: [UInt32]) {
    precondition(factors.count == summands.count, "one factor and one summand a slot")
    self.factors = factors
    self.summands = summands
  }

  /// Creates `slotCount` functions from a seed.
  ///
  /// For each slot SplitMix64 gives two words: the high half of the first, with its lowest bit set,
  /// is the factor; the high half of the second is the summand.
  package init(slotCount: Int, seed: UInt64) {
    var generator = SplitMix64(state: seed)
    var factors: [UInt32] = []
    var summands: [UInt32] = []
    for _ in 0..<slotCount {
      factors.append(UInt32(generator.next() >> 32) | 1)
      summands.append(UInt32(generator.next() >> 32))
    }
    self.init(factors: factors, summands: summands)
  }

  /// The number of slots.
  package var slotCount: Int { factors.count }

  /// The signature of a set of shingle ids; all bits are set for an empty set.
  package func signature(of ids: Span<UInt64>) -> [UInt32] {
    signature(of: ids, on: reprise_best_instruction_set())
  }

  func signature(of ids: Span<UInt64>, on set: reprise_instruction_set) -> [UInt32] {
    var slots = [UInt32](repeating: .max, count: slotCount)
    // In bounds: there are as many factors, summands and slots.
    unsafe slots.withUnsafeMutableBufferPointer { slots in
      unsafe ids.withUnsafeBufferPointer { ids in
        unsafe factors.withUnsafeBufferPointer { factors in
          unsafe summands.withUnsafeBufferPointer { summands in
            unsafe reprise_minhash_affine32(
              ids.baseAddress, ids.count, factors.baseAddress, summands.baseAddress,
              slots.baseAddress, slots.count, set)
          }
        }
      }
    }
    return slots
  }

  /// The estimated Jaccard similarity: the share of equal slots in two signatures made with the
  /// same functions.
  /// - Complexity: O(slots).
  package static func similarity(_ left: [UInt32], _ right: [UInt32]) -> Double {
    precondition(left.count == right.count, "signatures of different size do not compare")
    let equal = zip(left, right).count { $0 == $1 }
    return Double(equal) / Double(left.count)
  }
}

/// SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): a small generator with the same numbers on every
/// system.
///
/// Not for secrets.
package struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// Creates a generator.
  ///
  /// Generators with equal states give equal numbers.
  package init(state: UInt64) { self.state = state }

  /// Returns the next 64 bits.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
