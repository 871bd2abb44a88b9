/// The number of pairs by similarity, in hundredths.
package struct SimilarityHistogram: Hashable, Sendable {
  /// The number of pairs whose similarity is at least i and below i + 1 hundredths, for i from 0 to
  /// 99; the last one also has those of 1.
  package private(set) var counts = [Int](repeating: 0, count: 100)

  /// Creates a histogram without pairs.
  package init() {}

  /// Adds a pair.
  /// - Parameters:
  ///   - shared: the numerator of the similarity.
  ///   - all: the denominator; for 0 the similarity is 1.
  package mutating func add(shared: Int, all: Int) {
    counts[all == 0 ? 99 : min(99, 100 * shared / all)] += 1
  }

  /// Adds the pairs of another histogram.
  package static func += (left: inout SimilarityHistogram, right: SimilarityHistogram) {
    for bin in left.counts.indices { left.counts[bin] += right.counts[bin] }
  }
}
