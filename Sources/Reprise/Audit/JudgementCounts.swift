internal import RepriseSystem

/// The numbers of judgements, and the share that are the same with its interval.
package struct JudgementCounts: Hashable, Sendable {
  /// The number of near-duplicates that are the same to the person.
  package private(set) var same = 0
  /// The number that are different.
  package private(set) var different = 0
  /// The number that the person could not decide; they take no part in the share.
  package private(set) var unsure = 0

  /// Counts judgements.
  package init(_ judgements: [Judgement]) {
    for judgement in judgements {
      switch judgement.label {
      case .same: same += 1
      case .different: different += 1
      case .unsure: unsure += 1
      case nil: break
      }
    }
  }

  /// The number of those that were decided.
  package var decided: Int { same + different }

  /// The share of the decided that are the same; not a number without one.
  package var share: Double { Double(same) / Double(decided) }

  /// Returns the interval of Wilson (*Probable Inference, the Law of Succession, and Statistical Inference*,
  /// Journal of the American Statistical Association 22, 1927).
  ///
  /// - Parameter confidence: the probability that such intervals include the truth, below 1.
  /// - Returns: the limits, from 0 to 1; all of that without a judgement.
  package func interval(confidence: Double) -> ClosedRange<Double> {
    guard decided > 0 else { return 0...1 }
    let (count, z) = (Double(decided), Self.quantile(confidence))
    let center = (Double(same) + z * z / 2) / (count + z * z)
    let half = z / (count + z * z) * (share * (1 - share) * count + z * z / 4).squareRoot()
    return max(0, center - half)...min(1, center + half)
  }

  /// Returns how many further judgements, all the same, show a share by the exact test.
  ///
  /// - Parameters:
  ///   - share: the share to be shown, above 0, below 1.
  ///   - confidence: the confidence, below 1.
  /// - Returns: the number; nil if one was different.
  package func remaining(toShow share: Double, confidence: Double) -> Int? {
    guard different == 0 else { return nil }
    return max(0, Int((log(1 - confidence) / log(share)).rounded(.up)) - same)
  }

  /// The number of standard deviations around the mean with a probability.
  static func quantile(_ confidence: Double) -> Double {
    var (low, high) = (0.0, 40.0)
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if erfc(middle / 2.0.squareRoot()) > 1 - confidence { low = middle } else { high = middle }
    }
    return low
  }
}
