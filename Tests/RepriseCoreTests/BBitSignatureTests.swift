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

  @Test("The screen lets identical documents pass and stops unrelated ones")
  func screens() {
    var random = seeded(5)
    let sets = [random.words(100), random.words(100)]
    for bBitSignature in [BBitSignature.bit, .byte] {
      let screen = screen(of: [sets[0], sets[0], sets[1]], bBitSignature, threshold: 0.8)
      #expect(screen.mayReachThreshold(0, 1))
      #expect(!screen.mayReachThreshold(0, 2))
      #expect(screen.estimate(0, 1) == EstimatedSimilarity(equalSlots: 256, slotCount: 256))
      #expect(screen.estimate(0, 2).jaccard < 0.25)
    }
  }

  @Test(
    "At the threshold it stops at most one pair in a hundred, and estimates without bias",
    arguments: [BBitSignature.bit, .byte])
  func screensAtTheThreshold(bBitSignature: BBitSignature) {
    // J = 80 / (2 x 90 - 80) = 0.8.
    let trials = 400
    var (stopped, sum, sumOfSquares) = (0, 0.0, 0.0)
    var random = seeded(6)
    for _ in 0..<trials {
      let pair = SetPair(count: 90, shared: 80, &random)
      let screen = screen(of: [pair.left, pair.right], bBitSignature, threshold: 0.8)
      stopped += screen.mayReachThreshold(0, 1) ? 0 : 1
      let estimate = screen.estimate(0, 1).jaccard
      sum += estimate
      sumOfSquares += estimate * estimate
    }
    let mean = sum / Double(trials)
    let deviation = (sumOfSquares / Double(trials) - mean * mean).squareRoot()
    #expect(abs(mean - 0.8) < 5 * deviation / Double(trials).squareRoot(), "mean \(mean)")
    #expect(stopped <= 4, "\(stopped) of \(trials)")
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

  private func screen(
    of sets: [[UInt64]], _ bBitSignature: BBitSignature, threshold: Double
  ) -> SignatureScreen {
    var words: [UInt64] = []
    for set in sets { bBitSignature.append(of: signature(set, 256), to: &words) }
    return SignatureScreen(
      bBitSignature: bBitSignature, words: words, places: Array(0..<UInt32(sets.count)),
      slotCount: 256,
      threshold: threshold)
  }
}
