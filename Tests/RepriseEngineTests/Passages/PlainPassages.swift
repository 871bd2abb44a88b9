@testable import RepriseCore
@testable import RepriseEngine

/// Every maximal match of equal words of two texts, found by comparing each word with each: the
/// plain twin of the whole search.
func plainRuns(_ first: [UInt64], _ second: [UInt64], atLeast count: Int) -> [Passage.Match] {
  var matches: [Passage.Match] = []
  // lengths[j]: of the match that ends with the word before in the one text and word j - 1 of the
  // other.
  var lengths = [Int](repeating: 0, count: second.count + 1)
  for i in 0...first.count {
    var next = [Int](repeating: 0, count: second.count + 1)
    for j in 0...second.count {
      let isEqual = i < first.count && j < second.count && first[i] == second[j]
      if isEqual {
        next[j + 1] = lengths[j] + 1
      } else if lengths[j] >= count {
        matches.append(
          Passage.Match(first: i - lengths[j], second: j - lengths[j], count: lengths[j]))
      }
    }
    lengths = next
  }
  return matches
}

extension Passage {
  /// True if the match lies within the passage on both sides.
  func covers(_ match: Match) -> Bool {
    firstTokens.contains(match.first..<match.firstEnd)
      && secondTokens.contains(match.second..<match.secondEnd)
  }
}
