package import RepriseFormats

/// A document, the decision on it, and the texts that it repeats.
package struct ShownDocument: Sendable {
  /// A cut, next to the text that stays.
  package struct ShownCut: Sendable {
    /// The cut.
    package let cut: Cut
    /// The cut's text as the second, and the kept one as the first; nil if the kept document cannot
    /// be found.
    package let texts: AlignedTexts?
  }

  /// The decision.
  package let entry: ManifestEntry
  /// The kept document that it repeats as a whole; nil if it does not, or that is a reference.
  package let partner: ManifestEntry?
  /// The kept text as the first, and the document's as the second; nil if it does not repeat one
  /// document as a whole.
  package let texts: AlignedTexts?
  /// The cuts, in order.
  package let cuts: [ShownCut]
  /// The text of a document that stays whole; nil for others, and if it is unreadable.
  package let text: String?
}

/// Two documents next to each other.
package struct ShownPair: Sendable {
  /// The decision on the first.
  package let first: ManifestEntry
  /// The decision on the second.
  package let second: ManifestEntry
  /// Their texts.
  package let texts: AlignedTexts
  /// The exact Jaccard similarity.
  package let similarity: Double
}

/// A passage, with two of its occurrences next to each other.
package struct ShownPassage: Sendable {
  /// The passage.
  package let entry: PassageEntry
  /// The kept occurrence as the first text, and the next one as the second; nil for boilerplate,
  /// which has one example.
  package let texts: AlignedTexts?
  /// The text of the one occurrence of boilerplate.
  package let text: String?
}
