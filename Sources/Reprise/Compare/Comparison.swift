public import RepriseCore
internal import RepriseFormats

/// Compares two texts: their similarity, exact and estimated from signatures, and the passages that
/// they share.
///
/// Use ``Scan`` for more than two documents.
public struct Comparison: Sendable {
  /// One of the two texts.
  public struct Side: Hashable, Sendable {
    /// The size in bytes of UTF-8.
    public let byteCount: Int
    /// The number of tokens.
    public let tokenCount: Int
    /// The number of distinct shingles.
    public let shingleCount: Int
    /// The number of ill-formed byte sequences, which are parts of words.
    public let invalidSequenceCount: Int
    /// The hash of the tokens.
    ///
    /// It is equal on both sides if the texts have the same tokens in the same order.
    package let contentHash: ContentHash
    /// The share of this side's shingles that the other side contains, from 0 to 1.
    public let containment: Double
  }

  /// The exact similarity of the shingle sets.
  public let similarity: Similarity
  /// The Jaccard similarity as estimated from the signatures; 0 if a text has no tokens.
  public let estimate: Double
  /// The first text.
  public let first: Side
  /// The second text.
  public let second: Side
  /// The shared passages, in the order of the second text.
  public let passages: [SharedPassage]
  /// The number of tokens of the second text that may be in further passages.
  ///
  /// Those were not followed, because the texts repeat each other too often.
  public let unfollowedTokenCount: Int

  /// True if the texts have the same bytes, but for a byte order mark.
  public let haveSameText: Bool
  /// True if the texts have the same tokens in the same order.
  public var haveSameTokens: Bool { first.contentHash == second.contentHash }

  /// Compares two UTF-8 texts in memory, of at most 1 GiB each, or 64 MiB with accents or
  /// compatibility forms folded.
  /// - Throws: an error for a text that is too long, or a parameter that is out of range.
  public init(
    _ first: RawSpan, _ second: RawSpan, shingleLength: Int = 5, slotCount: Int = 256,
    minimumPassage: Int = 50, minimumIdentity: Double = 0.9, tokens: TokenRules = TokenRules()
  ) throws(RepriseError) {
    var matching = MatchingOptions()
    matching.shingleLength = shingleLength
    matching.slotCount = slotCount
    matching.minimumPassage = minimumPassage
    matching.minimumIdentity = minimumIdentity
    matching.tokens = tokens
    let parameters = try matching.validated()
    let (longest, limit) = (max(first.byteCount, second.byteCount), tokens.maximumByteCount)
    guard longest <= limit else {
      throw .invalidParameter(
        "a text to compare has at most \(limit) bytes, and one of these has \(longest)")
    }
    var sketcher = Sketcher(Sketcher.Parameters(scheme: parameters.scheme))
    let (left, right) = (TextValues(of: first, &sketcher), TextValues(of: second, &sketcher))
    haveSameText = left.hasSameText(as: right)
    similarity = left.shingles.similarity(to: right.shingles)
    estimate = left.similarity(to: right)
    self.first = left.side(sharing: similarity.intersection)
    self.second = right.side(sharing: similarity.intersection)
    var comparer = PassageComparer(rules: parameters.passageRules, tokens: tokens)
    (passages, unfollowedTokenCount) = comparer.passages(first, second)
  }
}

/// The values of one text that are compared.
private struct TextValues {
  private let sketch: Sketch
  private let byteCount: Int
  let shingles: ShingleSet
  /// The signature's slots; empty for a text without tokens.
  private let slots: [UInt32]

  init(of text: RawSpan, _ sketcher: inout Sketcher) {
    byteCount = text.byteCount
    sketch = sketcher.read(text)
    (shingles, slots) = sketcher.setAndSlots()
  }

  func side(sharing count: Int) -> Comparison.Side {
    Comparison.Side(
      byteCount: byteCount, tokenCount: Int(sketch.contentHash.tokenCount),
      shingleCount: shingles.count, invalidSequenceCount: sketch.invalidSequenceCount,
      contentHash: sketch.contentHash,
      containment: shingles.count == 0 ? 0 : Double(count) / Double(shingles.count))
  }

  func hasSameText(as other: TextValues) -> Bool {
    sketch.contentHash == other.sketch.contentHash && sketch.textHash == other.sketch.textHash
  }

  func similarity(to other: TextValues) -> Double {
    guard !slots.isEmpty && !other.slots.isEmpty else { return 0 }
    return MinHash.similarity(slots, other.slots)
  }
}
