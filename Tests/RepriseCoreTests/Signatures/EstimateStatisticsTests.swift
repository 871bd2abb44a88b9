import RepriseTestSupport
import Testing

@testable import RepriseCore

/// What the estimate of a signature is worth, from fixed seeds; every bound is five standard
/// deviations wide, so that a failure is no accident.
@Suite("Statistics of the estimate")
struct EstimateStatisticsTests {
  private let trials = 1_500

  @Test(
    "It has no bias, and no more error than classical MinHash",
    arguments: [3, 5, 20, 100, 500, 2_000], [0.5, 0.8, 0.9])
  func isUnbiasedAndPrecise(count: Int, similarity: Double) {
    let trials = count == 2_000 ? trials / 3 : trials
    let error = measure(count, similarity, .sketch, trials)
    #expect(error.isUnbiased, "\(error)")
    #expect(error.relative < 1 + 5 / (2 * Double(trials)).squareRoot(), "\(error)")
  }

  @Test(
    "At J = 0.8 its error is what was measured when the scheme was chosen",
    arguments: [(20, 0.97), (40, 0.93), (100, 0.85), (300, 0.78)])
  func hasTheErrorOfTheScheme(count: Int, expected: Double) {
    let error = measure(count, 0.8, .sketch, trials)
    let deviation = expected / (2 * Double(trials)).squareRoot()
    // The figures of the scheme are rounded to two digits and were measured, too.
    #expect(abs(error.relative - expected) < 5 * deviation + 0.02, "\(error)")
  }

  @Test("Affine MinHash has no bias and the error of theory", arguments: [3, 20, 100])
  func oracleIsUnbiased(count: Int) {
    for similarity in [0.5, 0.8] {
      let error = measure(count, similarity, .minhash, 400)
      #expect(error.isUnbiased, "\(error)")
      #expect(abs(error.relative - 1) < 5 / (2 * 400.0).squareRoot(), "\(error)")
    }
  }

  private struct Error: CustomStringConvertible {
    var jaccard: Double
    var mean: Double
    var rootMeanSquare: Double
    var trials: Int
    var slotCount: Int

    /// Within five standard errors of the mean.
    var isUnbiased: Bool {
      abs(mean - jaccard) < 5 * rootMeanSquare / Double(trials).squareRoot()
    }
    /// Relative to K independent slots.
    var relative: Double {
      rootMeanSquare / (jaccard * (1 - jaccard) / Double(slotCount)).squareRoot()
    }
    var description: String { "J \(jaccard), mean \(mean), relative error \(relative)" }
  }

  private func measure(
    _ count: Int, _ similarity: Double, _ method: SignatureMethod, _ trials: Int
  ) -> Error {
    let shared = SetPair.shared(of: count, at: similarity)
    let jaccard = SetPair.jaccard(count: count, shared: shared)
    var random = seeded(count, shared)
    var left = Signature(slotCount: 256, method: method)
    var right = Signature(slotCount: 256, method: method)
    var (sum, squares) = (0.0, 0.0)
    for _ in 0..<trials {
      let pair = SetPair(count: count, shared: shared, &random)
      left.read(pair.left)
      right.read(pair.right)
      let estimate = left.similarity(to: right)
      sum += estimate
      squares += (estimate - jaccard) * (estimate - jaccard)
    }
    return Error(
      jaccard: jaccard, mean: sum / Double(trials),
      rootMeanSquare: (squares / Double(trials)).squareRoot(), trials: trials, slotCount: 256)
  }
}
