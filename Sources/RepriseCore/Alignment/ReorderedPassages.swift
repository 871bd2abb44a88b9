/// Finds passages whose sentences stand in a different order in the second document.
///
/// Fragments that are each too short for a passage are one together if they lie close to one another
/// in both documents, in any order, and nearly fill their span in both.
struct ReorderedPassages {
  /// A fragment: matches in the same order in both documents.
  struct Fragment {
    var matches: [Passage.Match]
    /// The weight of its matching tokens.
    var weight: Int

    var first: Range<Int> { matches[0].first..<matches[matches.count - 1].firstEnd }
    var second: Range<Int> { matches[0].second..<matches[matches.count - 1].secondEnd }
    var matchCount: Int { matches.reduce(0) { $0 + $1.count } }
  }

  /// The fragments of each passage, by their second tokens; at least two.
  private(set) var groups: [[Fragment]] = []

  /// The weight of the shortest fragment: six words.
  static let minimumWeight = 12
  /// The longest gap between two fragments of a passage, in tokens.
  private static let gapLimit = 32

  /// Groups fragments.
  /// - Parameters:
  ///   - fragments: the segments that are too short for a passage.
  ///   - passages: the passages of the two documents, to which no fragment belongs.
  ///   - rules: the minimum length and identity.
  /// - Complexity: O(n log n) for n fragments.
  init(_ fragments: [Fragment], outside passages: [Passage], rules: PassageRules) {
    let open = Self.disjoint(
      fragments.filter { $0.weight >= Self.minimumWeight }, outside: passages)
    for group in Self.neighbors(open) where group.count > 1 {
      for part in Self.neighbors(group) where part.count > 1 && Self.isPassage(part, rules) {
        groups.append(part)
      }
    }
  }

  /// The fragments whose tokens are in no passage and in no longer fragment, on either side.
  private static func disjoint(_ fragments: [Fragment], outside passages: [Passage]) -> [Fragment] {
    var (first, second) = (TokenRanges(), TokenRanges())
    func insert(_ matches: [Passage.Match]) {
      for match in matches {
        first.insert(match.first..<match.firstEnd)
        second.insert(match.second..<match.secondEnd)
      }
    }
    guard !fragments.isEmpty else { return [] }
    for passage in passages { insert(passage.matches) }
    let sorted = fragments.sorted {
      ($1.weight, $0.second.lowerBound, $0.first.lowerBound)
        < ($0.weight, $1.second.lowerBound, $1.first.lowerBound)
    }
    return sorted.filter { fragment in
      let known = fragment.matches.reduce(0) { count, match in
        func size(_ parts: [Range<Int>]) -> Int { parts.reduce(0) { $0 + $1.count } }
        return count
          + max(
            size(first.parts(of: match.first..<match.firstEnd)),
            size(second.parts(of: match.second..<match.secondEnd)))
      }
      guard 4 * known <= fragment.matchCount else { return false }
      insert(fragment.matches)
      return true
    }
  }

  /// Groups the fragments that lie close to one another on both sides, by their second tokens.
  private static func neighbors(_ fragments: [Fragment]) -> [[Fragment]] {
    let bySecond = fragments.sorted { $0.second.lowerBound < $1.second.lowerBound }
    let firstRegions = regions(bySecond.map(\.first))
    let secondRegions = regions(bySecond.map(\.second))
    var groups: [[Int]: [Fragment]] = [:]
    for (index, fragment) in bySecond.enumerated() {
      groups[[secondRegions[index], firstRegions[index]], default: []].append(fragment)
    }
    return groups.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
  }

  /// For each range the number of its region: ranges with small gaps are one.
  private static func regions(_ ranges: [Range<Int>]) -> [Int] {
    var numbers = [Int](repeating: 0, count: ranges.count)
    var (number, end) = (0, 0)
    for index in ranges.indices.sorted(by: { ranges[$0].lowerBound < ranges[$1].lowerBound }) {
      if ranges[index].lowerBound > end + gapLimit { number += 1 }
      numbers[index] = number
      end = max(end, ranges[index].upperBound)
    }
    return numbers
  }

  private static func isPassage(_ group: [Fragment], _ rules: PassageRules) -> Bool {
    let weight = group.reduce(0) { $0 + $1.weight }
    let (first, second) = (span(group.map(\.first)), span(group.map(\.second)))
    let matching = group.reduce(0) { $0 + $1.matchCount }
    return weight >= 2 * rules.minimumWords
      && Double(matching) >= rules.minimumIdentity * Double(max(first.count, second.count))
  }

  private static func span(_ ranges: [Range<Int>]) -> Range<Int> {
    ranges.reduce(ranges[0]) {
      min($0.lowerBound, $1.lowerBound)..<max($0.upperBound, $1.upperBound)
    }
  }
}
