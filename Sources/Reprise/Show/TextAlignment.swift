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
  private let first: [UInt32]
  private let second: [UInt32]

  /// The number of tokens of a phrase that anchors the alignment.
  private static let phraseLength = 5
  /// The longest gap between anchors that is aligned token by token.
  private static let gapLimit = 512

  /// Aligns two texts.
  ///
  /// Short texts are aligned by the fewest edits. In long ones, phrases that each text has once are
  /// anchors, in the longest sequence that has one order in both (Szymanski, *A special case of the
  /// maximal common subsequence problem*, 1975). Short gaps between anchors are aligned by the fewest
  /// edits. In a long gap, all tokens differ. Of texts with more than a million tokens, a part of the phrases, which
  /// their hashes choose, are anchors.
  ///
  /// - Complexity: O(n log n). Memory beside the texts: 16 bytes for each anchor of each text.
  init(_ first: [UInt32], _ second: [UInt32]) {
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
    let share = UInt64(max(one.count, other.count) >> 20) + 1
    let (ones, others) = (unique(first[one], share), unique(second[other], share))
    var pairs: [(first: Int, second: Int)] = []
    var left = 0
    for phrase in others {
      while left < ones.count, ones[left].hash < phrase.hash { left += 1 }
      guard left < ones.count, ones[left].hash == phrase.hash else { continue }
      let places = (first: Int(ones[left].place), second: Int(phrase.place))
      // Two phrases can have one hash.
      if first[places.first..<places.first + Self.phraseLength]
        == second[places.second..<places.second + Self.phraseLength]
      {
        pairs.append(places)
      }
    }
    pairs.sort { $0.second < $1.second }
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

  /// The phrases that occur once, by their hashes; of `share` phrases, about one.
  private func unique(
    _ tokens: ArraySlice<UInt32>, _ share: UInt64
  ) -> [(hash: UInt64, place: UInt32)] {
    guard tokens.count >= Self.phraseLength else { return [] }
    var phrases: [(hash: UInt64, place: UInt32)] = []
    phrases.reserveCapacity(min(tokens.count, 1 << 20))
    for start in tokens.startIndex...tokens.endIndex - Self.phraseLength {
      var hash: UInt64 = 0
      for token in tokens[start..<start + Self.phraseLength] {
        hash = (hash ^ UInt64(token)) &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash >> 29
      }
      if share == 1 || hash % share == 0 { phrases.append((hash, UInt32(start))) }
    }
    phrases.sort { ($0.hash, $0.place) < ($1.hash, $1.place) }
    return phrases.indices.filter { index in
      (index == 0 || phrases[index - 1].hash != phrases[index].hash)
        && (index + 1 == phrases.count || phrases[index + 1].hash != phrases[index].hash)
    }.map { phrases[$0] }
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

  private static func offsets(_ changes: [CollectionDifference<UInt32>.Change]) -> Set<Int> {
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
