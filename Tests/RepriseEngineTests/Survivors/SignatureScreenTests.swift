import RepriseTestSupport
import Testing

@testable import RepriseCore
@testable import RepriseEngine

@Suite("Screens of candidate pairs")
struct SignatureScreenTests {
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
