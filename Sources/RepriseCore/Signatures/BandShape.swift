/// The division of a signature into `bandCount` bands of `rowCount` slots.
///
/// Two documents are a candidate pair if all slots of at least one band are equal (Indyk and
/// Motwani, STOC 1998; Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, section 3.4).
package struct BandShape: Hashable, Sendable {
  /// The number of bands, b.
  package let bandCount: Int
  /// The number of slots in a band, r.
  package let rowCount: Int

  /// Creates a shape; both numbers must be at least 1.
  package init(bandCount: Int, rowCount: Int) {
    precondition(bandCount >= 1 && rowCount >= 1, "a shape has at least one band of one row")
    self.bandCount = bandCount
    self.rowCount = rowCount
  }

  /// Finds the most selective shape that reaches the recall: for every r the smallest b with
  /// `1 - (1 - T^r)^b >= recall` and `b r <= K`, and of these the one with the largest r.
  ///
  /// Nil if no shape of K slots reaches the recall.
  ///
  /// A shape that balances false positives and false negatives over evenly distributed similarities
  /// finds only about half of the pairs at the threshold. This one finds the share asked for, and
  /// verification removes the extra candidates.
  /// - Parameters:
  ///   - threshold: the Jaccard similarity T of the pairs to find: above 0, at most 1.
  ///   - recall: the minimum probability, below 1, that a pair of similarity T becomes a candidate.
  ///   - slotCount: the number of slots, K, at least 1.
  /// - Complexity: O(K^2).
  package init?(threshold: Double, recall: Double, slotCount: Int) {
    var best: (bands: Int, rows: Int)?
    for rows in 1...slotCount {
      guard let bands = Self.bands(threshold, recall, rows, slotCount) else { break }
      best = (bands, rows)
    }
    guard let best else { return nil }
    self.init(bandCount: best.bands, rowCount: best.rows)
  }

  /// The smallest number of bands of `rows` rows that reaches the recall within K slots.
  ///
  /// It grows with the number of rows, so the first failure ends the search.
  private static func bands(
    _ threshold: Double, _ recall: Double, _ rows: Int, _ slotCount: Int
  ) -> Int? {
    let limit = slotCount / rows
    guard limit >= 1 else { return nil }
    return (1...limit).first { bands in
      BandShape(bandCount: bands, rowCount: rows).candidateProbability(at: threshold) >= recall
    }
  }

  /// The probability that two documents of this Jaccard similarity become a candidate pair:
  /// `1 - (1 - J^r)^b`.
  package func candidateProbability(at similarity: Double) -> Double {
    1 - Self.power(1 - Self.power(similarity, rowCount), bandCount)
  }

  /// Multiplies repeatedly, as the scheme specifies: a library's `pow` may differ in the last bit,
  /// and could then change the chosen shape.
  private static func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }
}
