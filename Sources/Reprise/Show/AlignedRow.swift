/// Words of two texts to be shown next to each other.
///
/// A row ends where a line ends in both texts, and in long lines after a number of words.
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
