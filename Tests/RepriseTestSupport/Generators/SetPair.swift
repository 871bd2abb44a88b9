package import RepriseCore

/// Two random sets of shingle ids with a known similarity.
package struct SetPair {
  package var left: [UInt64]
  package var right: [UInt64]

  /// Sets of `count` ids each, of which `shared` are in both.
  package init(count: Int, shared: Int, _ random: inout SplitMix64) {
    let common = random.words(shared)
    left = common + random.words(count - shared)
    right = common + random.words(count - shared)
  }

  /// How many of `count` ids two sets of that size share at about this similarity; at least one
  /// differs.
  package static func shared(of count: Int, at similarity: Double) -> Int {
    min(count - 1, Int((2 * Double(count) * similarity / (1 + similarity)).rounded()))
  }

  /// The similarity of two sets of `count` ids that share `shared`.
  package static func jaccard(count: Int, shared: Int) -> Double {
    Double(shared) / Double(2 * count - shared)
  }
}
