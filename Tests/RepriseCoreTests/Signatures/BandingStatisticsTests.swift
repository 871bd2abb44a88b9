import RepriseTestSupport
import Testing

@testable import RepriseCore

/// Whether bands find as many pairs as theory says.
///
/// An estimate without bias is not enough: slots
/// that are correlated lose candidates.
@Suite("Statistics of banding")
struct BandingStatisticsTests {
  private let shape = BandShape(bandCount: 21, rowCount: 9)

  struct Point: Sendable, CustomTestStringConvertible {
    var count: Int
    var shared: Int
    var trials: Int
    var jaccard: Double { SetPair.jaccard(count: count, shared: shared) }
    var testDescription: String { "\(count) shingles, \(shared) shared" }

    init(_ count: Int, _ similarity: Double, _ trials: Int) {
      self.count = count
      shared = SetPair.shared(of: count, at: similarity)
      self.trials = trials
    }
  }

  static let points = [
    Point(5, 0.4, 1_000), Point(5, 0.67, 6_000), Point(20, 0.55, 1_500), Point(20, 0.67, 1_500),
    Point(20, 0.74, 1_500), Point(20, 0.82, 6_000), Point(100, 0.5, 1_000), Point(100, 0.65, 1_000),
    Point(100, 0.72, 1_000), Point(100, 0.8, 1_000), Point(500, 0.6, 500), Point(500, 0.7, 500),
    Point(500, 0.8, 500),
  ]

  @Test("The share of pairs that become candidates is 1 - (1 - J^r)^b", arguments: points)
  func followTheCurve(point: Point) {
    var left = Signature(slotCount: 256)
    var right = Signature(slotCount: 256)
    expectTheory(point) { pair in
      left.read(pair.left)
      right.read(pair.right)
      return isCandidate(left.span.array, right.span.array)
    }
  }

  @Test("The test above rejects a sketch that fills its slots by plain double hashing")
  func rejectsDoubleHashing() {
    let point = Point(5, 0.67, 2_500)
    let (measured, expected) = measure(point) { pair in
      isCandidate(
        PlainSignature.doubleHashing(of: pair.left, slotCount: 256),
        PlainSignature.doubleHashing(of: pair.right, slotCount: 256))
    }
    #expect(measured < expected - 0.03, "\(measured) of \(expected)")
  }

  @Test("Band keys are equal exactly where the bands are", arguments: [20, 100])
  func keysFollowBands(count: Int) {
    var left = Signature(slotCount: 256)
    var right = Signature(slotCount: 256)
    let keys = BandKeys(shape: shape, scheme: Scheme.number)
    var random = seeded(count)
    for _ in 0..<100 {
      let pair = SetPair(
        count: count, shared: SetPair.shared(of: count, at: 0.8), &random)
      left.read(pair.left)
      right.read(pair.right)
      var both: [UInt64] = []
      keys.append(of: left, to: &both)
      keys.append(of: right, to: &both)
      let (leftSlots, rightSlots) = (left.span.array, right.span.array)
      for band in 0..<21 {
        let rows = band * 9..<band * 9 + 9
        #expect((both[band] == both[21 + band]) == (leftSlots[rows] == rightSlots[rows]))
      }
      #expect(Set(both[..<21]).count == 21)
    }
  }

  private func expectTheory(_ point: Point, _ isCandidate: (SetPair) -> Bool) {
    let (measured, expected) = measure(point, isCandidate)
    let deviation = (expected * (1 - expected) / Double(point.trials)).squareRoot()
    #expect(
      abs(measured - expected) < 5 * deviation + 1e-9,
      "J \(point.jaccard): \(measured), expected \(expected), deviation \(deviation)")
  }

  private func measure(
    _ point: Point, _ isCandidate: (SetPair) -> Bool
  ) -> (measured: Double, expected: Double) {
    var random = seeded(point.count, point.shared, 7)
    var candidates = 0
    for _ in 0..<point.trials {
      let pair = SetPair(count: point.count, shared: point.shared, &random)
      candidates += isCandidate(pair) ? 1 : 0
    }
    return (
      Double(candidates) / Double(point.trials), shape.candidateProbability(at: point.jaccard)
    )
  }

  private func isCandidate(_ left: [UInt32], _ right: [UInt32]) -> Bool {
    (0..<shape.bandCount).contains { band in
      (0..<shape.rowCount).allSatisfy { row in
        left[band * shape.rowCount + row] == right[band * shape.rowCount + row]
      }
    }
  }
}
