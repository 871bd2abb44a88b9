import RepriseSystem
import Testing

@testable import RepriseCore

@Suite("Band shapes")
struct BandShapeTests {
  @Test("256 slots, threshold 0.8 and recall 0.95 give 21 bands of 9 rows")
  func choosesTheDefault() {
    let shape = BandShape(threshold: 0.8, recall: 0.95, slotCount: 256)
    #expect(shape == BandShape(bandCount: 21, rowCount: 9))
    #expect(shape == Scheme().bands)
  }

  @Test(
    "It is the one that trying all finds", arguments: Signature.slotCounts,
    [0.3, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 0.99, 1])
  func agreesWithTryingAll(slotCount: Int, threshold: Double) {
    for recall in [0, 0.1, 0.5, 0.9, 0.95, 0.99, 0.999, 0.999_999] {
      let shape = BandShape(threshold: threshold, recall: recall, slotCount: slotCount)
      #expect(shape == tryAll(threshold, recall, slotCount), "recall \(recall)")
    }
  }

  @Test("A recall that is reached exactly is reached")
  func acceptsTheExactRecall() {
    let shape = BandShape(threshold: 0.5, recall: 0.5, slotCount: 1)
    #expect(shape == BandShape(bandCount: 1, rowCount: 1))
    #expect(BandShape(threshold: 0.5, recall: 0.75, slotCount: 2)?.bandCount == 2)
  }

  @Test("What no shape can promise gives none")
  func refusesTheImpossible() {
    #expect(BandShape(threshold: 0.01, recall: 0.95, slotCount: 64) == nil)
    #expect(BandShape(threshold: 0.2, recall: 1 - 1e-9, slotCount: 64) == nil)
    #expect(BandShape(threshold: 0.001, recall: 0.9, slotCount: 1024) == nil)
  }

  @Test("The curve is that of independent slots")
  func hasTheCurve() {
    let shape = BandShape(bandCount: 21, rowCount: 9)
    #expect(shape.candidateProbability(at: 0) == 0)
    #expect(shape.candidateProbability(at: 1) == 1)
    #expect(abs(shape.candidateProbability(at: 0.6) - 0.19) < 0.005)
    #expect(shape.candidateProbability(at: 0.8) >= 0.95)
    // Multiplied out, without powers.
    let (row, none) = (repeated(0.7, 9), repeated(1 - repeated(0.7, 9), 21))
    #expect(row < 0.05 && abs(shape.candidateProbability(at: 0.7) - (1 - none)) < 1e-12)
  }

  /// Every shape, by counting: of each number of rows the fewest bands, of these the most rows.
  private func tryAll(_ threshold: Double, _ recall: Double, _ slotCount: Int) -> BandShape? {
    var best: BandShape?
    for rows in 1...slotCount {
      for bands in 1...slotCount where bands * rows <= slotCount {
        let missed = pow(1 - pow(threshold, Double(rows)), Double(bands))
        guard 1 - missed >= recall else { continue }
        best = BandShape(bandCount: bands, rowCount: rows)
        break
      }
    }
    return best
  }

  private func repeated(_ factor: Double, _ count: Int) -> Double {
    (0..<count).reduce(1) { product, _ in product * factor }
  }
}
