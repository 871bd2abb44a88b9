package import RepriseCore
internal import RepriseEngine
public import RepriseFormats

extension Deduplicator {
  /// The decisions on all documents, which are named by their numbers, from 0.
  public struct Result: Sendable {
    /// The decision on each document.
    public let documents: [Document]
    /// The number of clusters of similar documents.
    public let clusterCount: Int
    /// The pairs that were compared and are similar, then each document with the tokens of a
    /// different one and the kept document.
    public let pairs: [Pair]
    /// The passages that two places share, then boilerplate.
    public let passages: [Passage]
    /// Everything that was skipped or replaced, with lines as in a file of one line a document.
    public let problems: [Problem]
    /// The number of reference documents, which come first.
    package let referenceCount: Int
  }

  /// The decision on one document.
  public struct Document: Equatable, Sendable {
    /// What becomes of the document.
    public let status: ManifestEntry.Status
    /// Why it is dropped or cut, or the class of the problem of an unreadable document; otherwise
    /// nil.
    public let reason: ManifestEntry.Reason?
    /// The kept document whose text a dropped one repeats.
    public let duplicateOf: Int?
    /// The similarity to it, from 0 to 1: the Jaccard similarity, or the share of words that it
    /// contains.
    public let similarity: Double?
    /// The cluster of similar documents, from 0.
    public let cluster: Int?
    /// The number of its words, which are its tokens; 0 for an unreadable document.
    public let words: Int
    /// The number of documents that are dropped because they repeat this one.
    public let copies: Int
    /// What is cut, ascending.
    public let cuts: [Cut]
  }

  /// A passage that is cut from a document because a kept document has the same words.
  public struct Cut: Equatable, Sendable {
    /// The bytes of the text as UTF-8.
    public let bytes: Range<Int>
    /// The document that keeps the passage.
    public let duplicateOf: Int
    /// The bytes of the passage there.
    public let sourceBytes: Range<Int>
    /// The number of words.
    public let words: Int
    /// The share of equal words, from 0 to 1.
    public let identity: Double
  }

  /// A passage that occurs in several places.
  public struct Passage: Equatable, Sendable {
    /// One of its places.
    public struct Occurrence: Equatable, Sendable {
      /// The document.
      public let document: Int
      /// The bytes of its text as UTF-8.
      public let bytes: Range<Int>
      /// The share of words that equal those of the first place, from 0 to 1.
      public let identity: Double
    }

    /// The first line of the passage.
    public let title: String
    /// The number of words.
    public let words: Int
    /// The places; the first keeps the passage if others are cut.
    public let occurrences: [Occurrence]
    /// For boilerplate, the number of documents that have it, and the beginning of its text.
    public let boilerplate: PassageEntry.Boilerplate?
  }
}

extension Deduplicator.Result {
  /// Returns what is left of a document's text; nil if the document is dropped.
  ///
  /// - Parameters:
  ///   - document: the number of the document.
  ///   - text: its text.
  /// - Returns: the text without the passages that are cut.
  /// - Complexity: O(bytes of the text).
  public func cleaned(_ document: Int, _ text: String) -> String? {
    let decision = documents[document]
    guard decision.status != .drop else { return nil }
    guard !decision.cuts.isEmpty else { return text }
    let bytes = Array(text.utf8)
    var left: [UInt8] = []
    var place = 0
    for cut in decision.cuts {
      left += bytes[place..<max(place, cut.bytes.lowerBound)]
      place = max(place, cut.bytes.upperBound)
    }
    left += bytes[place...]
    return String(decoding: left, as: UTF8.self)
  }
}

extension Deduplicator {
  /// Two documents that repeat each other.
  public struct Pair: Hashable, Sendable {
    /// The document that is earlier in the list of texts.
    public let first: Int
    /// The other document.
    public let second: Int
    /// The kind of repetition: `exact` and `words` for equal tokens, else `near`.
    public let reason: ManifestEntry.Reason
    /// The measured similarity; nil if the tokens are equal.
    package let similarity: MeasuredSimilarity?

    /// The Jaccard similarity, 1 for equal tokens.
    public var jaccard: Double { similarity?.jaccard ?? 1 }
  }
}
