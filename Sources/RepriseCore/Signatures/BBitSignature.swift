internal import CKernels

/// How much of each slot is kept when the signature itself is not: b-bit minwise hashing (Li and
/// Konig, WWW 2010).
///
/// Slots that differ still agree in their low b bits with probability 2^-b.
public enum BBitSignature: Sendable {
  /// One bit a slot, K / 8 bytes a document: enough to reject what is clearly not similar.
  case bit
  /// One byte a slot, K bytes a document: enough to estimate as well as the signature.
  case byte

  /// The 64-bit words of a b-bit signature of `slotCount` slots.
  public func wordCount(slotCount: Int) -> Int {
    switch self {
    case .bit: slotCount / 64
    case .byte: slotCount / 8
    }
  }

  /// Appends the b-bit signature of a signature.
  public func append(of signature: borrowing Signature, to words: inout [UInt64]) {
    let first = words.count
    let count = wordCount(slotCount: signature.computedSlotCount)
    words.append(contentsOf: repeatElement(0, count: count))
    switch self {
    case .bit: Self.packBits(signature, &words, first)
    case .byte: Self.packBytes(signature, &words, first)
    }
  }

  private static func packBits(
    _ signature: borrowing Signature, _ words: inout [UInt64], _ first: Int
  ) {
    unsafe words.withUnsafeMutableBufferPointer { words in
      unsafe signature.span.withUnsafeBufferPointer { slots in
        unsafe reprise_signature_low_bits(
          slots.baseAddress, slots.count, words.baseAddress?.advanced(by: first),
          InstructionSet.best.kernel)
      }
    }
  }

  private static func packBytes(
    _ signature: borrowing Signature, _ words: inout [UInt64], _ first: Int
  ) {
    let slots = signature.span
    for slot in slots.indices {
      words[first + slot / 8] |= UInt64(slots[slot] & 0xFF) << UInt64(8 * (slot % 8))
    }
  }

  /// How many slots of two b-bit signatures differ.
  public func differingSlots(_ left: Span<UInt64>, _ right: Span<UInt64>) -> Int {
    var differing = 0
    switch self {
    case .bit:
      for word in left.indices { differing += (left[word] ^ right[word]).nonzeroBitCount }
    case .byte:
      for word in left.indices {
        // A byte that is not zero carries into its top bit when 0x7F is added to its low bits.
        let unequal = left[word] ^ right[word]
        let low = (unequal & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7F7F_7F7F_7F7F_7F7F
        differing += ((low | unequal) & 0x8080_8080_8080_8080).nonzeroBitCount
      }
    }
    return differing
  }

  /// The most slots in which a pair at the threshold may differ before it is rejected: the mean
  /// and three standard deviations.
  public func differenceLimit(threshold: Double, slotCount: Int) -> Int {
    let slots = Double(slotCount)
    let probability = (1 - threshold) * (1 - chanceAgreement)
    let limit = slots * probability + 3 * (slots * probability * (1 - probability)).squareRoot()
    return Int(limit)
  }

  /// The estimate of the Jaccard similarity from the number of slots that differ.
  public func similarity(differingSlots: Int, slotCount: Int) -> Double {
    let agreement = 1 - Double(differingSlots) / Double(slotCount)
    return max(0, (agreement - chanceAgreement) / (1 - chanceAgreement))
  }

  private var chanceAgreement: Double { self == .bit ? 1.0 / 2 : 1.0 / 256 }
}
