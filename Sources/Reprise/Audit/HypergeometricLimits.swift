internal import RepriseSystem

/// The limits of how many of a finite population have a property, after a sample without replacement.
///
/// They invert the two one-sided hypergeometric tests exactly, so the confidence is at least what was
/// asked for, whatever the population. With the whole population as the sample they are the number
/// itself. Source: W. Buonaccorsi, "A Note on Confidence Intervals for Proportions in Finite
/// Populations", The American Statistician 41 (1987).
struct HypergeometricLimits: Equatable, Sendable {
  let lower: Int
  let upper: Int

  /// Finds the limits.
  ///
  /// - Parameters:
  ///   - found: the number in the sample that have the property.
  ///   - sample: the size of the sample, at most that of the population.
  ///   - population: the size of the population.
  ///   - confidence: the probability that the limits include the truth, below 1.
  /// - Complexity: O(found log population).
  init(found: Int, sample: Int, population: Int, confidence: Double) {
    precondition(found >= 0 && found <= sample && sample <= population)
    let tail = (1 - confidence) / 2
    func probability(atMost limit: Int, of marked: Int) -> Double {
      let first = max(0, sample - (population - marked))
      guard first <= limit else { return 0 }
      let all = Self.logChoose(population, sample)
      return (first...limit).reduce(0) { sum, count in
        guard count <= marked, sample - count <= population - marked else { return sum }
        return sum
          + exp(
            Self.logChoose(marked, count) + Self.logChoose(population - marked, sample - count)
              - all)
      }
    }
    // The probability of at most `found` falls as more of the population have the property.
    var (low, high) = (found, population - (sample - found))
    while low < high {
      let middle = (low + high + 1) / 2
      if probability(atMost: found, of: middle) > tail { low = middle } else { high = middle - 1 }
    }
    upper = low
    // The probability of at least `found` rises.
    (low, high) = (found, population - (sample - found))
    while low < high {
      let middle = (low + high) / 2
      let isLikely = found == 0 || 1 - probability(atMost: found - 1, of: middle) > tail
      if isLikely { high = middle } else { low = middle + 1 }
    }
    lower = low
  }

  /// The logarithm of the number of ways to choose.
  private static func logChoose(_ all: Int, _ chosen: Int) -> Double {
    // The sign that `lgamma_r` gives apart is always positive here.
    var sign: Int32 = 0
    func logFactorial(_ number: Int) -> Double { unsafe lgamma_r(Double(number) + 1, &sign) }
    return logFactorial(all) - logFactorial(chosen) - logFactorial(all - chosen)
  }
}
