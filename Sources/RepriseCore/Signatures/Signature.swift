internal import CKernels

/// How a signature's slots are computed.
public enum SignatureMethod: String, Sendable, CaseIterable {
  /// Fast similarity sketching with one bucket round: less error, and far less work.
  case sketch
  /// Classical MinHash with affine functions (``MinHash``, seed 1).
  case minhash
}

/// The signature of one document's shingle set: fast similarity sketching (Dahlgaard, Knudsen,
/// Thorup, FOCS 2017) with one bucket round; the buffer is used again for the next document.
///
/// The share of equal slots of two signatures estimates the Jaccard similarity of the two sets,
/// without bias. The slot-wise minimum of two signatures is the signature of the union. Do not use
/// it to prove a similarity: that is what ``ShingleSet`` is for.
public struct Signature: ~Copyable {
  /// The number of slots, K: a power of two from 64 to 1024.
  public let slotCount: Int
  /// The number of slots that are computed, the first ones: a multiple of 64, up to K.
  public let computedSlotCount: Int
  /// How the slots are computed.
  public let method: SignatureMethod
  private var slots: [UInt32]
  private let functions: MinHash?
  private let set: reprise_instruction_set

  /// What may be asked for as ``slotCount``.
  public static let slotCounts = [64, 128, 256, 512, 1024]

  /// Creates an empty signature.
  ///
  /// - Parameters:
  ///   - slotCount: K.
  ///   - computed: how many of the first slots are needed; nil: all. What they are does not depend
  ///     on it, and empty ones take most of the time.
  ///   - method: how they are computed.
  ///   - instructionSet: by which kernels.
  public init(
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

  /// Computes the signature of a set of shingle ids in place of the one before.
  /// - Parameter ids: at least one; neither order nor repetition matters.
  /// - Complexity: O(ids + empty slots x ids).
  public mutating func read(_ ids: Span<UInt64>) {
    precondition(!ids.isEmpty, "a document without shingles has no signature")
    if let functions {
      slots = functions.signature(of: ids, on: set)
      return
    }
    let (slotCount, computed, set) = (slotCount, computedSlotCount, set)
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

  /// Computes the signature of a document's shingles in place of the one before.
  public mutating func read(_ shingles: borrowing ShingleIDs) { read(shingles.span) }

  /// Takes the slot-wise minimum: the signature of the union of both sets.
  public mutating func merge(_ other: borrowing Signature) {
    precondition(slotCount == other.slotCount, "signatures of different size do not merge")
    precondition(method == other.method, "signatures of different method do not merge")
    for slot in 0..<slotCount { slots[slot] = min(slots[slot], other.slots[slot]) }
  }

  /// The estimate of the Jaccard similarity: equal slots / slots.
  public func similarity(to other: borrowing Signature) -> Double {
    precondition(slotCount == other.slotCount, "signatures of different size do not compare")
    let (one, two) = (span, other.span)
    precondition(one.count == two.count, "as many slots of both are computed")
    var equal = 0
    for slot in one.indices where one[slot] == two[slot] { equal += 1 }
    return Double(equal) / Double(one.count)
  }

  /// The values of the slots that are computed.
  public var span: Span<UInt32> {
    @_lifetime(borrow self)
    get { slots.span.extracting(first: computedSlotCount) }
  }
}
