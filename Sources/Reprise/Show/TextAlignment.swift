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
    var ends = (0, 0)
    let isShort = max(first.count, second.count) <= Self.gapLimit
    for anchor in isShort ? [] : anchors() where anchor.first >= ends.0 && anchor.second >= ends.1 {
      var (one, other, count) = (anchor.first, anchor.second, Self.phraseLength)
      while one > ends.0, other > ends.1, first[one - 1] == second[other - 1] {
        (one, other, count) = (one - 1, other - 1, count + 1)
      }
      while one + count < first.count, other + count < second.count,
        first[one + count] == second[other + count]
      { count += 1 }
      alignGap(ends.0..<one, ends.1..<other)
      append(Part(first: one..<one + count, second: other..<other + count, isEqual: true))
      ends = (one + count, other + count)
    }
    alignGap(ends.0..<first.count, ends.1..<second.count)
  }

  /// The phrases that both texts have once, in the longest sequence that ascends in both.
  private func anchors() -> [(first: Int, second: Int)] {
    let ones = Self.unique(first)
    let pairs = Self.unique(second).compactMap { phrase, place in
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

  private static func unique(_ tokens: [Int]) -> [ArraySlice<Int>: Int] {
    var places: [ArraySlice<Int>: Int] = [:]
    guard tokens.count >= phraseLength else { return places }
    for start in 0...tokens.count - phraseLength {
      let phrase = tokens[start..<start + phraseLength]
      places[phrase] = places[phrase] == nil ? start : -1
    }
    return places.filter { $0.value >= 0 }
  }

  /// Aligns what is between anchors; what both begin or end with is equal, however long it is.
  private mutating func alignGap(_ one: Range<Int>, _ other: Range<Int>) {
    let shorter = min(one.count, other.count)
    let begin = zip(one, other).prefix { first[$0] == second[$1] }.count
    let end = zip(one.reversed(), other.reversed()).prefix(shorter - begin).prefix {
      first[$0] == second[$1]
    }.count
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
