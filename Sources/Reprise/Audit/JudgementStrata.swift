/// Judgements of near-duplicates by their similarity, in fifths from the threshold to 1.
///
/// Each fifth is a stratum: its share counts as much as the scan dropped documents in it, however many of them
/// were judged.
package struct JudgementStrata: Hashable, Sendable {
  /// A fifth of the similarities.
  package struct Stratum: Hashable, Sendable {
    /// The lowest similarity.
    package let from: Double
    /// The end of the range: exclusive, but for 1.
    package let end: Double
    /// The number of near-duplicates that the scan dropped.
    package let total: Int
    /// The judgements of them.
    package let judged: JudgementCounts
  }

  /// The number of strata.
  package static let count = 5

  /// The fifths, in ascending order.
  package let strata: [Stratum]

  /// Divides judgements.
  ///
  /// - Parameters:
  ///   - judgements: the judgements.
  ///   - threshold: the threshold of the scan.
  ///   - totals: the numbers of near-duplicates in each fifth.
  package init(_ judgements: [Judgement], threshold: Double, totals: [Int]) {
    let parts = Dictionary(grouping: judgements) {
      Self.index(of: $0.similarity, threshold: threshold)
    }
    strata = (0..<Self.count).map { index in
      Stratum(
        from: Self.bound(index, threshold), end: Self.bound(index + 1, threshold),
        total: totals[index], judged: JudgementCounts(parts[index] ?? []))
    }
  }

  /// The strata that have near-duplicates but no decided judgement: nothing is known of them.
  package var open: [Stratum] { strata.filter { $0.total > 0 && $0.judged.decided == 0 } }

  /// The share of all near-duplicates that are the same; nil if a stratum is open.
  package var share: Double? {
    weighted { $0.judged.share }
  }

  /// The interval of the share, from the variances of the strata; nil if a stratum is open.
  ///
  /// A stratum in which all judgements agree still has a variance: that of (k + 1) / (n + 2), after the rule of
  /// succession. One that was judged whole has none.
  ///
  /// - Parameter confidence: the probability that such intervals include the truth, below 1.
  /// - Returns: the limits, from 0 to 1.
  package func interval(confidence: Double) -> ClosedRange<Double>? {
    guard let share else { return nil }
    let all = Double(strata.reduce(0) { $0 + $1.total })
    let variance = strata.filter { $0.total > 0 }.reduce(0.0) { sum, stratum -> Double in
      let (count, total) = (Double(stratum.judged.decided), Double(stratum.total))
      let weight = total / all
      let middle = (Double(stratum.judged.same) + 1) / (count + 2)
      let ofOne: Double = middle * (1 - middle)
      let left: Double = max(0, 1 - count / total)
      return sum + weight * weight * (ofOne / count) * left
    }
    let half = JudgementCounts.quantile(confidence) * variance.squareRoot()
    return max(0, share - half)...min(1, share + half)
  }

  private func weighted(_ value: (Stratum) -> Double) -> Double? {
    let filled = strata.filter { $0.total > 0 }
    let all = filled.reduce(0) { $0 + $1.total }
    guard all > 0, open.isEmpty else { return nil }
    return filled.reduce(0) { $0 + Double($1.total) / Double(all) * value($1) }
  }

  /// The stratum of a similarity.
  static func index(of similarity: Double, threshold: Double) -> Int {
    (1..<count).last { similarity >= bound($0, threshold) } ?? 0
  }

  /// The numbers of similarities in each stratum.
  static func counts(_ similarities: [Double], threshold: Double) -> [Int] {
    similarities.reduce(into: [Int](repeating: 0, count: count)) {
      $0[index(of: $1, threshold: threshold)] += 1
    }
  }

  /// The lowest similarity of a stratum.
  private static func bound(_ index: Int, _ threshold: Double) -> Double {
    index == count ? 1 : threshold + (1 - threshold) * Double(index) / Double(count)
  }
}
