internal import CKernels

/// The number of bits that are stored of each slot: b-bit minwise hashing (Li and Konig, WWW 2010).
///
/// Slots that differ still agree in their low b bits with probability 2^-b.
package enum BBitSignature: Sendable {
  /// One bit per slot, K / 8 bytes per document: enough to reject pairs that are clearly not
  /// similar.
  case bit
  /// One byte per slot, K bytes per document: estimates about as well as the whole signature.
  case byte

  /// The number of 64-bit words in a b-bit signature of `slotCount` slots, a multiple of 64.
  package func wordCount(slotCount: Int) -> Int {
    switch self {
    case .bit: slotCount / 64
    case .byte: slotCount / 8
    }
  }

  /// Appends the low bits of a signature's slots to `words`.
  /// - Complexity: O(slots).
  package func append(of signature: borrowing Signature, to words: inout [UInt64]) {
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
    // In bounds: the kernel writes a word per 64 slots, as many as were just appended.
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

  /// The number of slots that differ in two b-bit signatures of equal length.
  /// - Complexity: O(words).
  package func differingSlots(_ left: Span<UInt64>, _ right: Span<UInt64>) -> Int {
    var differing = 0
    switch self {
    case .bit:
      for word in left.indices { differing += (left[word] ^ right[word]).nonzeroBitCount }
    case .byte:
      for word in left.indices {
        // A nonzero byte has its top bit set, or carries into it when 0x7F is added to its low
        // bits.
        let unequal = left[word] ^ right[word]
        let low = (unequal & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7F7F_7F7F_7F7F_7F7F
        differing += ((low | unequal) & 0x8080_8080_8080_8080).nonzeroBitCount
      }
    }
    return differing
  }

  /// The most slots in which a pair at the threshold may differ before it is rejected: the mean
  /// plus three standard deviations.
  package func differenceLimit(threshold: Double, slotCount: Int) -> Int {
    let slots = Double(slotCount)
    let probability = (1 - threshold) * (1 - chanceAgreement)
    let limit = slots * probability + 3 * (slots * probability * (1 - probability)).squareRoot()
    return Int(limit)
  }

  /// The estimated Jaccard similarity of two signatures in which `differingSlots` of `slotCount`
  /// slots differ.
  package func similarity(differingSlots: Int, slotCount: Int) -> Double {
    let agreement = 1 - Double(differingSlots) / Double(slotCount)
    return max(0, (agreement - chanceAgreement) / (1 - chanceAgreement))
  }

  private var chanceAgreement: Double { self == .bit ? 1.0 / 2 : 1.0 / 256 }
}
