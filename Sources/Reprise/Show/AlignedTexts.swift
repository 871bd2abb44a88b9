/// Two texts as rows, with the words that differ.
///
/// The words of a row are read only when they are asked for, so texts with few differences cost little more
/// than their bytes.
package struct AlignedTexts: Equatable, Sendable {
  /// The number of rows.
  package var rowCount: Int { spans.count }
  /// The words of the first text alone.
  package private(set) var onlyFirst = 0
  /// The words of the second text alone.
  package private(set) var onlySecond = 0
  /// The words that both texts have in the same order.
  package private(set) var common = 0

  /// The tokens of a row.
  private struct Span: Equatable {
    var first: Range<Int>
    var second: Range<Int>
    /// The parts of the alignment that it begins and ends in.
    var parts: Range<Int>
  }

  private let first: ShownText
  private let second: ShownText
  private let parts: [TextAlignment.Part]
  private var spans: [Span] = []

  /// The most words that both texts have in a row that ends before a line does.
  private static let equalLimit = 100
  /// The most words of one text in such a row where the texts differ.
  private static let differingLimit = 400

  /// Aligns two texts.
  init(_ first: ShownText, _ second: ShownText) {
    (self.first, self.second) = (first, second)
    parts = TextAlignment(first.tokens, second.tokens).parts
    var row = Span(first: 0..<0, second: 0..<0, parts: 0..<0)
    for (index, part) in parts.enumerated() {
      if part.isEqual {
        common += part.first.count
        addEqual(part, index, &row)
      } else {
        onlyFirst += part.first.count
        onlySecond += part.second.count
        addDiffering(part, index, &row)
      }
    }
    end(&row, parts.count)
  }

  private mutating func addEqual(_ part: TextAlignment.Part, _ index: Int, _ row: inout Span) {
    var count = 0
    for (one, other) in zip(part.first, part.second) {
      row.first = row.first.lowerBound..<one + 1
      row.second = row.second.lowerBound..<other + 1
      count += 1
      if first.endsLine(one) && second.endsLine(other) || count == Self.equalLimit {
        end(&row, index + 1)
        row.parts = index..<index
        count = 0
      }
    }
  }

  private mutating func addDiffering(_ part: TextAlignment.Part, _ index: Int, _ row: inout Span) {
    let limit = Self.differingLimit
    let count = max(part.first.count, part.second.count)
    for start in stride(from: 0, to: count, by: limit) {
      let isLast = start + limit >= count
      func bound(_ range: Range<Int>) -> Int {
        min(range.lowerBound + start + limit, range.upperBound)
      }
      row.first = row.first.lowerBound..<bound(part.first)
      row.second = row.second.lowerBound..<bound(part.second)
      guard
        !isLast
          || part.first.last.map(first.endsLine) ?? true
            && part.second.last.map(second.endsLine) ?? true
      else { continue }
      end(&row, index + 1)
      row.parts = index..<index
    }
  }

  private mutating func end(_ row: inout Span, _ nextPart: Int) {
    row.parts = row.parts.lowerBound..<nextPart
    if !row.first.isEmpty || !row.second.isEmpty { spans.append(row) }
    let (one, other) = (row.first.upperBound, row.second.upperBound)
    row = Span(first: one..<one, second: other..<other, parts: nextPart..<nextPart)
  }

  /// All rows in order.
  package var rows: [AlignedRow] { (0..<rowCount).map(row) }

  /// Returns a row.
  package func row(_ index: Int) -> AlignedRow {
    let span = spans[index]
    var row = AlignedRow()
    for part in parts[span.parts] {
      let isMarked = !part.isEqual
      row.first += part.first.clamped(to: span.first).map { first.word($0, isMarked: isMarked) }
      row.second += part.second.clamped(to: span.second).map {
        second.word($0, isMarked: isMarked)
      }
    }
    return row
  }

  /// Whether a word of a row is marked.
  package func hasDifference(_ index: Int) -> Bool {
    let span = spans[index]
    return parts[span.parts].contains {
      !$0.isEqual
        && !($0.first.clamped(to: span.first).isEmpty && $0.second.clamped(to: span.second).isEmpty)
    }
  }

  /// Whether no word of a row is in both texts.
  package func isAllDifferent(_ index: Int) -> Bool {
    let span = spans[index]
    return !parts[span.parts].contains {
      $0.isEqual && !$0.first.clamped(to: span.first).isEmpty
    }
  }

  /// The number of words of a row that are in both texts.
  package func commonCount(_ index: Int) -> Int {
    let span = spans[index]
    return parts[span.parts].reduce(0) {
      $0 + ($1.isEqual ? $1.first.clamped(to: span.first).count : 0)
    }
  }

  /// The numbers of words of a row in each text.
  package func wordCounts(_ index: Int) -> (first: Int, second: Int) {
    (spans[index].first.count, spans[index].second.count)
  }
}
