/// Ranges of one document's tokens: ascending, none empty, none touching the next.
struct TokenRanges: Hashable, Sendable {
  private(set) var ranges: [Range<Int>] = []

  init(_ ranges: [Range<Int>] = []) {
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) { append(range) }
  }

  /// Adds a range that begins behind the start of the last one.
  private mutating func append(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    if let last = ranges.last, range.lowerBound <= last.upperBound {
      ranges[ranges.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
    } else {
      ranges.append(range)
    }
  }

  /// Adds a range.
  /// - Complexity: O(ranges).
  mutating func insert(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    let before = ranges.prefix { $0.upperBound < range.lowerBound }.count
    let after = ranges[before...].prefix { $0.lowerBound <= range.upperBound }.count + before
    let lower = before < after ? min(range.lowerBound, ranges[before].lowerBound) : range.lowerBound
    let upper =
      before < after ? max(range.upperBound, ranges[after - 1].upperBound) : range.upperBound
    ranges.replaceSubrange(before..<after, with: [lower..<upper])
  }

  /// The tokens in all ranges.
  var count: Int { ranges.reduce(0) { $0 + $1.count } }

  /// What is left of a range without these.
  func gaps(in range: Range<Int>) -> [Range<Int>] {
    var gaps: [Range<Int>] = []
    var start = range.lowerBound
    for taken in ranges where taken.upperBound > start && taken.lowerBound < range.upperBound {
      if taken.lowerBound > start { gaps.append(start..<taken.lowerBound) }
      start = taken.upperBound
    }
    if start < range.upperBound { gaps.append(start..<range.upperBound) }
    return gaps
  }

  /// True if a range ends where one of these begins, or begins where one ends.
  func touches(_ range: Range<Int>) -> Bool {
    ranges.contains { $0.upperBound == range.lowerBound || $0.lowerBound == range.upperBound }
  }
}
