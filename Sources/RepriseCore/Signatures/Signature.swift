internal import CKernels

/// The signature of one document's shingle set: fast similarity sketching (Dahlgaard, Knudsen,
/// Thorup, FOCS 2017) with one bucket round.
///
/// The buffer is reused for the next document.
///
/// The share of equal slots in two signatures is an unbiased estimate of the Jaccard similarity of
/// the two sets. The slot-wise minimum of two signatures is the signature of the union. A signature
/// does not prove a similarity: use ``ShingleSet`` for that.
package struct Signature: ~Copyable {
  /// The number of slots, K: a power of two from 64 to 1024.
  package let slotCount: Int
  /// The number of leading slots that are computed: a multiple of 64, at most K.
  package let computedSlotCount: Int
  /// The method that computes the slots.
  package let method: SignatureMethod
  private var slots: [UInt32]
  private let functions: MinHash?
  private let set: reprise_instruction_set

  /// The valid values of ``slotCount``.
  package static let slotCounts = [64, 128, 256, 512, 1024]

  /// Creates an empty signature.
  ///
  /// - Parameters:
  ///   - slotCount: the number of slots, K.
  ///   - computed: the number of leading slots that are needed; nil for all. Their values do not
  ///     depend on it, but filling empty slots takes most of the time.
  ///   - method: the method that computes the slots.
  ///   - instructionSet: the kernels to use.
  package init(
    slotCount: Int, computing computed: Int? = nil, method: SignatureMethod = .sketch,
    instructionSet: InstructionSet = .best
  ) {
    precondition(Self.slotCounts.contains(slotCount), "K is a power of two from 64 to 1024")
    self.slotCount = slotCount
    computedSlotCount = min(slotCount, ((computed ?? slotCount) + 63) / 64 * 64)
    self.method = method
    functions = method == .minhash ? MinHash(slotCount: slotCount, seed: 1) : nil
    slots = Array(repeating: .max, count: slotCount)
    set = instructionSet.kernel
  }

  /// Replaces the slots with the signature of a set of shingle ids.
  /// - Parameter ids: at least one id; neither order nor repetition matters.
  /// - Complexity: O(ids + empty slots x ids), or O(ids x slots) for ``SignatureMethod/minhash``.
  package mutating func read(_ ids: Span<UInt64>) {
    precondition(!ids.isEmpty, "a document without shingles has no signature")
    if let functions {
      slots = functions.signature(of: ids, on: set)
      return
    }
    let (slotCount, computed, set) = (slotCount, computedSlotCount, set)
    // In bounds: `slots` has 2^log2 entries, at most 1,024, and `computed` is at most that number.
    unsafe slots.withUnsafeMutableBufferPointer { slots in
      unsafe slots.update(repeating: .max)
      unsafe ids.withUnsafeBufferPointer { ids in
        let log2 = UInt32(slotCount.trailingZeroBitCount)
        unsafe reprise_signature_buckets(ids.baseAddress, ids.count, slots.baseAddress, log2)
        unsafe reprise_signature_fill(
          ids.baseAddress, ids.count, slots.baseAddress, computed, set)
      }
    }
  }

  /// Replaces the slots with the signature of a document's shingles; there must be at least one.
  package mutating func read(_ shingles: borrowing ShingleIDs) { read(shingles.span) }

  /// Replaces each slot with the minimum of both: the result is the signature of the union of both
  /// sets.
  package mutating func merge(_ other: borrowing Signature) {
    precondition(slotCount == other.slotCount, "signatures of different size do not merge")
    precondition(method == other.method, "signatures of different method do not merge")
    for slot in 0..<slotCount { slots[slot] = min(slots[slot], other.slots[slot]) }
  }

  /// The estimated Jaccard similarity: the share of equal slots.
  /// - Complexity: O(slots).
  package func similarity(to other: borrowing Signature) -> Double {
    precondition(slotCount == other.slotCount, "signatures of different size do not compare")
    let (one, two) = (span, other.span)
    precondition(one.count == two.count, "as many slots of both are computed")
    var equal = 0
    for slot in one.indices where one[slot] == two[slot] { equal += 1 }
    return Double(equal) / Double(one.count)
  }

  /// The computed slots.
  package var span: Span<UInt32> {
    @_lifetime(borrow self)
    get { slots.span.extracting(first: computedSlotCount) }
  }
}
