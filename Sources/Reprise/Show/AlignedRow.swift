/// Words of two texts to be shown next to each other.
///
/// A row ends where a line ends in both texts.
package struct AlignedRow: Equatable, Sendable {
  /// A word with its punctuation, or a character of a script without spaces.
  package struct Word: Equatable, Sendable {
    /// The text without the space after it.
    package let text: String
    /// True if the other text does not have this word here.
    package let isMarked: Bool
    /// True if white space follows.
    package let isFollowedBySpace: Bool

    /// Creates a word.
    package init(text: String, isMarked: Bool, isFollowedBySpace: Bool) {
      self.text = text
      self.isMarked = isMarked
      self.isFollowedBySpace = isFollowedBySpace
    }
  }

  /// The words of the first text.
  package internal(set) var first: [Word] = []
  /// The words of the second text.
  package internal(set) var second: [Word] = []
  /// True if a word is marked.
  package var hasDifference: Bool { (first + second).contains(where: \.isMarked) }
}

/// Two texts as rows, with the words that differ.
package struct AlignedTexts: Equatable, Sendable {
  /// The rows in order.
  package private(set) var rows: [AlignedRow] = []
  /// The words of the first text alone.
  package private(set) var onlyFirst = 0
  /// The words of the second text alone.
  package private(set) var onlySecond = 0
  /// The words that both texts have in the same order.
  package private(set) var common = 0

  /// Aligns two texts.
  init(_ first: ShownText, _ second: ShownText) {
    var row = AlignedRow()
    for part in TextAlignment(first.tokens, second.tokens).parts {
      guard part.isEqual else {
        onlyFirst += part.first.count
        onlySecond += part.second.count
        row.first += part.first.map { first.word($0, isMarked: true) }
        row.second += part.second.map { second.word($0, isMarked: true) }
        if part.first.last.map(first.endsLine) ?? true,
          part.second.last.map(second.endsLine) ?? true
        {
          end(&row)
        }
        continue
      }
      common += part.first.count
      for (one, other) in zip(part.first, part.second) {
        row.first.append(first.word(one, isMarked: false))
        row.second.append(second.word(other, isMarked: false))
        if first.endsLine(one) && second.endsLine(other) { end(&row) }
      }
    }
    end(&row)
  }

  private mutating func end(_ row: inout AlignedRow) {
    if row != AlignedRow() { rows.append(row) }
    row = AlignedRow()
  }
}
