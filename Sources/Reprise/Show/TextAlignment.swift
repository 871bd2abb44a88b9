/// Equal and differing spans of two texts, in order.
struct TextAlignment {
  /// A span of tokens that both texts have, or one in which they differ.
  struct Part: Equatable {
    var first: Range<Int>
    var second: Range<Int>
    var isEqual: Bool
  }

  /// The parts, which cover both texts.
  private(set) var parts: [Part] = []
  private let first: [Int]
  private let second: [Int]

  /// The number of tokens of a phrase that anchors the alignment.
  private static let phraseLength = 5
  /// The longest gap between anchors that is aligned token by token.
  private static let gapLimit = 512

  /// Aligns two texts.
  ///
  /// Short texts are aligned by the fewest edits. In long ones, phrases that each text has once are
  /// anchors, in the longest sequence that has one order in both (Szymanski, *A special case of the
  /// maximal common subsequence problem*, 1975). Short gaps between anchors are aligned by the fewest
  /// edits. In a long gap, all tokens differ.
  ///
  /// - Complexity: O(n log n).
  init(_ first: [Int], _ second: [Int]) {
    (self.first, self.second) = (first, second)
    // Most pairs differ in few places, and what both begin and end with needs no anchors.
    let (begin, end) = equalEnds(0..<first.count, 0..<second.count)
    let limits = (first.count - end, second.count - end)
    append(Part(first: 0..<begin, second: 0..<begin, isEqual: true))
    var ends = (begin, begin)
    let isShort = max(limits.0, limits.1) - begin <= Self.gapLimit
    for anchor in isShort ? [] : anchors(begin..<limits.0, begin..<limits.1)
    where anchor.first >= ends.0 && anchor.second >= ends.1 {
      var (one, other, count) = (anchor.first, anchor.second, Self.phraseLength)
      while one > ends.0, other > ends.1, first[one - 1] == second[other - 1] {
        (one, other, count) = (one - 1, other - 1, count + 1)
      }
      while one + count < limits.0, other + count < limits.1,
        first[one + count] == second[other + count]
      { count += 1 }
      alignGap(ends.0..<one, ends.1..<other)
      append(Part(first: one..<one + count, second: other..<other + count, isEqual: true))
      ends = (one + count, other + count)
    }
    alignGap(ends.0..<limits.0, ends.1..<limits.1)
    append(
      Part(first: limits.0..<first.count, second: limits.1..<second.count, isEqual: true))
  }

  /// The numbers of equal tokens with which two ranges begin and end.
  private func equalEnds(_ one: Range<Int>, _ other: Range<Int>) -> (begin: Int, end: Int) {
    let shorter = min(one.count, other.count)
    var (begin, end) = (0, 0)
    while begin < shorter, first[one.lowerBound + begin] == second[other.lowerBound + begin] {
      begin += 1
    }
    while end < shorter - begin,
      first[one.upperBound - 1 - end] == second[other.upperBound - 1 - end]
    { end += 1 }
    return (begin, end)
  }

  /// The phrases that both ranges have once, in the longest sequence that ascends in both.
  private func anchors(
    _ one: Range<Int>, _ other: Range<Int>
  ) -> [(first: Int, second: Int)] {
    let ones = Self.unique(first[one])
    let pairs = Self.unique(second[other]).compactMap { phrase, place in
      ones[phrase].map { (first: $0, second: place) }
    }.sorted { $0.second < $1.second }
    // The smallest last place in the first text of a sequence of each length.
    var ends: [Int] = []
    var before = [Int](repeating: -1, count: pairs.count)
    for index in pairs.indices {
      var (low, high) = (0, ends.count)
      while low < high {
        let middle = (low + high) / 2
        if pairs[ends[middle]].first < pairs[index].first {
          low = middle + 1
        } else {
          high = middle
        }
      }
      before[index] = low > 0 ? ends[low - 1] : -1
      if low < ends.count { ends[low] = index } else { ends.append(index) }
    }
    var chain: [(first: Int, second: Int)] = []
    var index = ends.last ?? -1
    while index >= 0 {
      chain.append(pairs[index])
      index = before[index]
    }
    return chain.reversed()
  }

  private static func unique(_ tokens: ArraySlice<Int>) -> [ArraySlice<Int>: Int] {
    var places: [ArraySlice<Int>: Int] = [:]
    guard tokens.count >= phraseLength else { return places }
    for start in tokens.startIndex...tokens.endIndex - phraseLength {
      let phrase = tokens[start..<start + phraseLength]
      places[phrase] = places[phrase] == nil ? start : -1
    }
    return places.filter { $0.value >= 0 }
  }

  /// Aligns what is between anchors; what both begin or end with is equal, however long it is.
  private mutating func alignGap(_ one: Range<Int>, _ other: Range<Int>) {
    let (begin, end) = equalEnds(one, other)
    let ends = (one.upperBound - end, other.upperBound - end)
    append(
      Part(
        first: one.lowerBound..<one.lowerBound + begin,
        second: other.lowerBound..<other.lowerBound + begin, isEqual: true))
    alignMiddle(one.lowerBound + begin..<ends.0, other.lowerBound + begin..<ends.1)
    append(
      Part(first: ends.0..<one.upperBound, second: ends.1..<other.upperBound, isEqual: true))
  }

  private mutating func alignMiddle(_ one: Range<Int>, _ other: Range<Int>) {
    guard !one.isEmpty, !other.isEmpty, max(one.count, other.count) <= Self.gapLimit else {
      return append(Part(first: one, second: other, isEqual: false))
    }
    let changes = Array(second[other]).difference(from: Array(first[one]))
    let (removed, inserted) = (Self.offsets(changes.removals), Self.offsets(changes.insertions))
    var (left, right) = (0, 0)
    while left < one.count || right < other.count {
      let isRemoved = left < one.count && removed.contains(left)
      let isInserted = right < other.count && inserted.contains(right)
      let place = (one.lowerBound + left, other.lowerBound + right)
      let isEqual = !isRemoved && !isInserted
      let (leftCount, rightCount) = isEqual ? (1, 1) : (isRemoved ? 1 : 0, isInserted ? 1 : 0)
      append(
        Part(
          first: place.0..<place.0 + leftCount, second: place.1..<place.1 + rightCount,
          isEqual: isEqual))
      (left, right) = (left + leftCount, right + rightCount)
    }
  }

  private static func offsets(_ changes: [CollectionDifference<Int>.Change]) -> Set<Int> {
    Set(
      changes.map {
        switch $0 {
        case .insert(let offset, _, _), .remove(let offset, _, _): offset
        }
      })
  }

  /// Appends a part, or extends the last one.
  private mutating func append(_ part: Part) {
    if part.first.isEmpty && part.second.isEmpty { return }
    guard let last = parts.last, last.isEqual == part.isEqual else { return parts.append(part) }
    parts[parts.count - 1].first = last.first.lowerBound..<part.first.upperBound
    parts[parts.count - 1].second = last.second.lowerBound..<part.second.upperBound
  }
}
