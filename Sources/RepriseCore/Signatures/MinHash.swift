internal import CKernels

/// Classical MinHash with affine functions of 32 bits: slot i is the minimum of a[i] x + b[i] mod
/// 2^32 over the low halves x of the shingle ids (Broder, 1997).
///
/// The oracle for ``Signature``, and for exchange with systems that use it. It costs K steps a
/// shingle; use ``Signature`` to deduplicate.
public struct MinHash: Sendable {
  private let factors: [UInt32]
  private let summands: [UInt32]

  /// Creates the functions with given coefficients, one pair a slot.
  public init(factors: [UInt32], summands: [UInt32]) {
    precondition(factors.count == summands.count, "one factor and one summand a slot")
    self.factors = factors
    self.summands = summands
  }

  /// Creates `slotCount` functions from a seed: SplitMix64 gives, slot by slot, an odd factor (the
  /// high half of the next word, lowest bit set) and a summand (the high half of the one after).
  public init(slotCount: Int, seed: UInt64) {
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
  public var slotCount: Int { factors.count }

  /// The signature of a set of shingle ids; all ones for an empty set.
  /// - Complexity: O(ids x slots).
  public func signature(of ids: Span<UInt64>) -> [UInt32] {
    signature(of: ids, on: reprise_best_instruction_set())
  }

  func signature(of ids: Span<UInt64>, on set: reprise_instruction_set) -> [UInt32] {
    var slots = [UInt32](repeating: .max, count: slotCount)
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

  /// The share of equal slots of two signatures of the same functions.
  public static func similarity(_ left: [UInt32], _ right: [UInt32]) -> Double {
    precondition(left.count == right.count, "signatures of different size do not compare")
    let equal = zip(left, right).count { $0 == $1 }
    return Double(equal) / Double(left.count)
  }
}

/// SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): a small generator whose numbers are the same
/// everywhere.
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// Creates a generator; equal states give equal numbers.
  public init(state: UInt64) { self.state = state }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
