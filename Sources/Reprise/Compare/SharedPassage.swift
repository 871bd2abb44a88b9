/// A passage that two compared texts share.
public struct SharedPassage: Sendable {
  /// Where something stands in a text.
  public struct Place: Hashable, Sendable {
    /// The bytes, from the text's start.
    public let bytes: Range<Int>
    /// The line of the first byte, counted from 1.
    public let firstLine: Int
    /// The line of the last byte.
    public let lastLine: Int
  }

  /// A run of words that are the same in both texts, or one in which they differ.
  public struct Part: Sendable {
    /// True if all words are the same.
    public let isEqual: Bool
    /// Where it stands in the first text; no bytes if the second has more words.
    public let first: Place
    /// Where it stands in the second text; no bytes if the first has more words.
    public let second: Place
    /// What stands there in the first text.
    public let firstText: String
    /// What stands there in the second text.
    public let secondText: String
  }

  /// Where it stands in the first text.
  public let first: Place
  /// Where it stands in the second text.
  public let second: Place
  /// The words that match; a grapheme of a script written without spaces is half a word.
  public let words: Int
  /// Words that match by words of the longer side, over 0, at most 1.
  public let identity: Double
  /// The parts in their order, equal ones and differing ones in turn.
  public let parts: [Part]
}
