import Testing

@testable import Reprise

@Suite("Limits of a finite population")
struct HypergeometricLimitsTests {
  /// The probability of each number of marked ones in a sample, by multiplying draws.
  private static func probabilities(_ marked: Int, sample: Int, population: Int) -> [Double] {
    var chances = [1.0] + [Double](repeating: 0, count: sample)
    for drawn in 0..<sample {
      var next = [Double](repeating: 0, count: sample + 1)
      for count in 0...drawn where chances[count] > 0 {
        let share = Double(max(0, marked - count)) / Double(population - drawn)
        next[count + 1] += chances[count] * share
        next[count] += chances[count] * (1 - share)
      }
      chances = next
    }
    return chances
  }

  @Test("are those of the two exact tests, for every number found")
  func exact() {
    for (population, sample) in [(1, 1), (12, 5), (12, 12), (40, 9), (60, 30)] {
      for found in 0...sample {
        for confidence in [0.8, 0.95] {
          let limits = HypergeometricLimits(
            found: found, sample: sample, population: population, confidence: confidence)
          let tail = (1 - confidence) / 2
          let possible = (0...population).filter { marked in
            let chances = Self.probabilities(marked, sample: sample, population: population)
            return chances[...found].reduce(0, +) > tail + 1e-12
              && chances[found...].reduce(0, +) > tail + 1e-12
          }
          #expect(limits.lower == possible.first, "\(population) \(sample) \(found)")
          #expect(limits.upper == possible.last, "\(population) \(sample) \(found)")
        }
      }
    }
  }

  @Test("of a large population are as published rules say")
  func large() {
    // Nothing in 20,000 of 17 million: fewer than 3.7 in 20,000 with 97.5 %.
    let limits = HypergeometricLimits(
      found: 0, sample: 20_000, population: 17_000_000, confidence: 0.95)
    #expect(limits.lower == 0)
    #expect((3_120...3_140).contains(limits.upper))
  }
}
