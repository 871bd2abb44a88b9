internal import RepriseCore

/// The tokens of a document that are left when its cuts are made.
///
/// They are numbered anew, as a scan of the cleaned document numbers them. A *seam* is where tokens
/// follow one another only because of a cut.
package struct RemainingTokens: Hashable, Sendable {
  /// The spans that are left, in positions of the whole document, ascending; none touches the next.
  package let ranges: [Range<Int>]
  /// The number of tokens that are left.
  package let count: Int
  /// The number of tokens that are left before each span.
  private let starts: [Int]
  /// The maximum number of tokens in a word: 2 if the document has graphemes or symbols.
  private let tokensPerWord: Int

  /// - Complexity: O(cuts).
  init(_ cut: TokenRanges, tokenCount: Int, tokensPerWord: Int) {
    self.tokensPerWord = tokensPerWord
    ranges = cut.gaps(in: 0..<tokenCount)
    var (starts, count) = ([Int](), 0)
    starts.reserveCapacity(ranges.count)
    for range in ranges {
      starts.append(count)
      count += range.count
    }
    (self.starts, self.count) = (starts, count)
  }

  /// The new position of a token; nil if it is cut.
  /// - Complexity: O(log n) for n spans.
  func position(ofToken token: Int) -> Int? {
    let index = ranges.partitionPoint { $0.upperBound > token }
    guard index < ranges.count, ranges[index].lowerBound <= token else { return nil }
    return starts[index] + token - ranges[index].lowerBound
  }

  /// Whether a window of so many words can cross a seam and have the token at a new position.
  /// - Complexity: O(log n) for n spans.
  func hasSeam(inWindowOf words: Int, around position: Int) -> Bool {
    let distance = words * tokensPerWord
    // The first span begins with the text, not at a seam.
    let index = starts.dropFirst().partitionPoint { $0 >= position - distance }
    return index < starts.count && starts[index] <= position + distance
  }

  /// The token at a new position, and the number of tokens in its span from there.
  /// - Complexity: O(log n) for n spans.
  func token(at position: Int) -> (token: Int, count: Int) {
    let index = starts.partitionPoint { $0 > position } - 1
    let offset = position - starts[index]
    return (ranges[index].lowerBound + offset, ranges[index].count - offset)
  }
}
