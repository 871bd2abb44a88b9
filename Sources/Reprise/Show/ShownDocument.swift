public import RepriseFormats

/// A document, the decision on it, and the texts that it repeats.
public struct ShownDocument: Sendable {
  /// A cut, next to the text that stays.
  public struct ShownCut: Sendable {
    /// The cut.
    public let cut: Cut
    /// The cut's text as the second, and the kept one as the first; nil if the kept document cannot
    /// be found, as in a reference.
    public let texts: AlignedTexts?
  }

  /// The decision.
  public let entry: ManifestEntry
  /// The kept document that it repeats as a whole; nil if it does not, or that is a reference.
  public let partner: ManifestEntry?
  /// The kept text as the first, and the document's as the second; nil if it does not repeat one
  /// document as a whole.
  public let texts: AlignedTexts?
  /// The cuts, in order.
  public let cuts: [ShownCut]
  /// The text of a document that stays whole; nil for others, and if it is unreadable.
  public let text: String?
}

/// Two documents next to each other.
public struct ShownPair: Sendable {
  /// The decision on the first.
  public let first: ManifestEntry
  /// The decision on the second.
  public let second: ManifestEntry
  /// Their texts.
  public let texts: AlignedTexts
  /// The exact Jaccard similarity.
  public let similarity: Double
}

/// A passage, with two of its occurrences next to each other.
public struct ShownPassage: Sendable {
  /// The passage.
  public let entry: PassageEntry
  /// The kept occurrence as the first text, and the next one as the second; nil for boilerplate,
  /// which has one example.
  public let texts: AlignedTexts?
  /// The text of the one occurrence of boilerplate.
  public let text: String?
}
