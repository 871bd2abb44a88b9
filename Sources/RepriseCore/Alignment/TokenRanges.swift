/// A set of one document's tokens, stored as ranges.
///
/// The ranges are stored in pages by position, so an insertion moves the ranges of a page, not
/// those of the whole document.
package struct TokenRanges: Sendable {
  /// The ranges in each page, ascending; none is empty or touches the next in its page.
  private var pages: [[Range<Int>]] = []
  /// The number of tokens in the set.
  package private(set) var count = 0

  /// The number of tokens in a page.
  ///
  /// Ranges are rarely short, so a page has about a hundred at most.
  private static let pageSize = 1 << 12

  package init(_ ranges: [Range<Int>] = []) {
    for range in ranges { insert(range) }
  }

  private static func pages(of range: Range<Int>) -> Range<Int> {
    range.isEmpty
      ? 0..<0 : range.lowerBound / pageSize..<(range.upperBound - 1) / pageSize + 1
  }

  /// Adds a range.
  /// - Complexity: O(log n + pages of the range); moves at most the ranges of these pages.
  package mutating func insert(_ range: Range<Int>) {
    let touched = Self.pages(of: range)
    while pages.count < touched.upperBound { pages.append([]) }
    for page in touched {
      let tokens = page * Self.pageSize..<(page + 1) * Self.pageSize
      count += Self.insert(range.clamped(to: tokens), into: &pages[page])
    }
  }

  /// Adds a range to a page; returns the number of tokens that were not in it.
  private static func insert(_ range: Range<Int>, into page: inout [Range<Int>]) -> Int {
    let first = page.partitionPoint { $0.upperBound >= range.lowerBound }
    var (end, merged, known) = (first, range, 0)
    while end < page.count, page[end].lowerBound <= range.upperBound {
      merged =
        min(merged.lowerBound, page[end].lowerBound)..<max(merged.upperBound, page[end].upperBound)
      known += page[end].count
      end += 1
    }
    page.replaceSubrange(first..<end, with: CollectionOfOne(merged))
    return merged.count - known
  }

  /// Calls `body` for the parts of a range that are in the set, ascending; a part that crosses
  /// pages comes in pieces.
  /// - Complexity: O(log n + pages of the range + parts).
  private func forEachPart(of range: Range<Int>, _ body: (Range<Int>) -> Void) {
    for page in Self.pages(of: range).clamped(to: pages.indices) {
      let ranges = pages[page]
      let first = ranges.partitionPoint { $0.upperBound > range.lowerBound }
      for taken in ranges[first...] {
        guard taken.lowerBound < range.upperBound else { break }
        body(taken.clamped(to: range))
      }
    }
  }

  /// All ranges, ascending; none touches the next.
  package var ranges: [Range<Int>] { parts(of: 0..<pages.count * Self.pageSize) }

  /// The parts of a range that are in the set, ascending; none touches the next.
  /// - Complexity: O(log n + pages of the range + parts).
  package func parts(of range: Range<Int>) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    forEachPart(of: range) { part in
      if let last = parts.last, last.upperBound == part.lowerBound {
        parts[parts.count - 1] = last.lowerBound..<part.upperBound
      } else {
        parts.append(part)
      }
    }
    return parts
  }

  /// Whether a token of a range is in the set.
  /// - Complexity: O(log n + pages of the range).
  package func intersects(_ range: Range<Int>) -> Bool {
    Self.pages(of: range).clamped(to: pages.indices).contains { page in
      let index = pages[page].partitionPoint { $0.upperBound > range.lowerBound }
      return index < pages[page].count && pages[page][index].lowerBound < range.upperBound
    }
  }

  /// The parts of a range that are not in the set, ascending.
  /// - Complexity: O(log n + pages of the range + gaps).
  package func gaps(in range: Range<Int>) -> [Range<Int>] {
    var gaps: [Range<Int>] = []
    var start = range.lowerBound
    forEachPart(of: range) { part in
      if part.lowerBound > start { gaps.append(start..<part.lowerBound) }
      start = part.upperBound
    }
    if start < range.upperBound { gaps.append(start..<range.upperBound) }
    return gaps
  }

  /// Whether the token before a range, or the one after it, is in the set.
  /// - Complexity: O(log n).
  package func touches(_ range: Range<Int>) -> Bool {
    contains(range.lowerBound - 1) || contains(range.upperBound)
  }

  private func contains(_ token: Int) -> Bool {
    let page = token / Self.pageSize
    guard token >= 0, page < pages.count else { return false }
    let ranges = pages[page]
    let index = ranges.partitionPoint { $0.upperBound > token }
    return index < ranges.count && ranges[index].lowerBound <= token
  }
}
