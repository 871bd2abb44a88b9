/// A passage that two compared texts share.
public struct SharedPassage: Sendable {
  /// The location of a span in a text.
  public struct Place: Hashable, Sendable {
    /// The byte range, from the start of the text.
    public let bytes: Range<Int>
    /// The line of the first byte, counted from 1.
    public let firstLine: Int
    /// The line of the last byte.
    public let lastLine: Int
  }

  /// A span of words that are equal in both texts, or one in which they differ.
  public struct Part: Sendable {
    /// True if all words are equal.
    public let isEqual: Bool
    /// The location in the first text; no bytes if only the second text has words here.
    public let first: Place
    /// The location in the second text; no bytes if only the first text has words here.
    public let second: Place
    /// The span's bytes in the first text.
    public let firstText: String
    /// The span's bytes in the second text.
    public let secondText: String
  }

  /// The passage's location in the first text.
  public let first: Place
  /// The passage's location in the second text.
  public let second: Place
  /// The number of matching words.
  ///
  /// A grapheme of a script without spaces is half a word.
  public let words: Int
  /// The matching tokens divided by the tokens of the longer side: above 0, at most 1.
  public let identity: Double
  /// The parts in text order.
  ///
  /// Equal and differing parts alternate.
  public let parts: [Part]
}
