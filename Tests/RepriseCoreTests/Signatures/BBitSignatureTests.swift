import RepriseTestSupport
import Testing

@testable import RepriseCore

@Suite("Signature digests")
struct BBitSignatureTests {
  @Test(
    "They hold the low bits of every slot, and count the slots in which these differ",
    arguments: Signature.slotCounts)
  func countDifferences(slotCount: Int) {
    for shared in [0, 10, 50, 90, 99, 100] {
      var random = seeded(slotCount, shared)
      let pair = SetPair(count: 100, shared: shared, &random)
      let left = signature(pair.left, slotCount)
      let right = signature(pair.right, slotCount)
      for (bBitSignature, mask) in [(BBitSignature.bit, UInt32(1)), (.byte, 0xFF)] {
        var (leftWords, rightWords) = ([UInt64](), [UInt64]())
        bBitSignature.append(of: left, to: &leftWords)
        bBitSignature.append(of: right, to: &rightWords)
        #expect(leftWords.count == bBitSignature.wordCount(slotCount: slotCount))
        #expect(unpacked(leftWords, mask) == left.span.array.map { $0 & mask })
        let expected = zip(left.span.array, right.span.array).count { ($0 ^ $1) & mask != 0 }
        #expect(bBitSignature.differingSlots(leftWords.span, rightWords.span) == expected)
      }
    }
  }

  @Test("Every pair of bytes counts as equal or different at every place of a word")
  func comparesBytes() {
    for left in 0..<UInt64(256) {
      for right in 0..<UInt64(256) {
        let place = (left &+ 3 &* right) % 8 * 8
        // The other bytes differ in their top bit alone, or in nothing.
        let others: UInt64 = 0x8080_8080_8080_8080 & ~(0xFF << place)
        let noise = (left ^ right) % 2 == 0 ? others : 0
        let (first, second) = ([left << place], [right << place | noise])
        let differing = BBitSignature.byte.differingSlots(first.span, second.span)
        #expect(differing == (left == right ? 0 : 1) + (noise == 0 ? 0 : 7), "\(left) \(right)")
      }
    }
  }

  private func signature(_ ids: [UInt64], _ slotCount: Int) -> Signature {
    var signature = Signature(slotCount: slotCount)
    signature.read(ids)
    return signature
  }

  private func unpacked(_ words: [UInt64], _ mask: UInt32) -> [UInt32] {
    let bits = mask.nonzeroBitCount
    return words.flatMap { word in
      stride(from: 0, to: 64, by: bits).map {
        UInt32(truncatingIfNeeded: word >> UInt64($0)) & mask
      }
    }
  }
}
