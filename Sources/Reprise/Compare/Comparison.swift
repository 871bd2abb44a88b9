public import RepriseCore
public import RepriseFormats

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
    /// The number of ill-formed byte sequences, each read as U+FFFD.
    public let invalidSequenceCount: Int
    /// The hash of the tokens.
    ///
    /// It is equal on both sides if the texts are exact duplicates.
    public let contentHash: ContentHash
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

  /// True if the texts have the same tokens in the same order.
  public var areExactDuplicates: Bool { first.contentHash == second.contentHash }

  /// Compares two files, each as one text.
  ///
  /// Compressed files are decoded.
  /// - Throws: an error for a file that cannot be read, or a parameter that is out of range.
  public init(
    pathA: BytePath, pathB: BytePath, shingleLength: Int = 5, slotCount: Int = 256,
    minimumPassage: Int = 50, folding: Folding = []
  ) throws(RepriseError) {
    let first = try Self.content(pathA, folding)
    let second = try Self.content(pathB, folding)
    unsafe try self.init(
      first.span.bytes, second.span.bytes, shingleLength: shingleLength, slotCount: slotCount,
      minimumPassage: minimumPassage, folding: folding)
  }

  private static func content(
    _ path: BytePath, _ folding: Folding
  ) throws(RepriseError) -> [UInt8] {
    do throws(CorpusError) {
      return try InputFile.content(of: path, limit: textLimit(folding))
    } catch {
      throw RepriseError(error)
    }
  }

  /// The size limit of a text in bytes.
  private static func textLimit(_ folding: Folding) -> Int {
    folding.isEmpty ? TokenizedText.maximumByteCount : Folding.maximumByteCount
  }

  /// Compares two UTF-8 texts in memory, of at most 1 GiB each, or 64 MiB with folding.
  /// - Throws: an error for a text that is too long, or a parameter that is out of range.
  public init(
    _ first: RawSpan, _ second: RawSpan, shingleLength: Int = 5, slotCount: Int = 256,
    minimumPassage: Int = 50, folding: Folding = []
  ) throws(RepriseError) {
    var matching = MatchingOptions()
    matching.shingleLength = shingleLength
    matching.slotCount = slotCount
    matching.minimumPassage = minimumPassage
    let rules = try matching.validated().passageRules
    let (longest, limit) = (max(first.byteCount, second.byteCount), Self.textLimit(folding))
    guard longest <= limit else {
      throw .invalidParameter(
        "a text to compare has at most \(limit) bytes, and one of these has \(longest)")
    }
    var sketcher = TextSketcher(
      shingleLength: shingleLength, slotCount: slotCount, folding: folding)
    let (left, right) = (sketcher.sketch(first), sketcher.sketch(second))
    similarity = left.shingles.similarity(to: right.shingles)
    estimate = left.similarity(to: right)
    self.first = left.side(sharing: similarity.intersection)
    self.second = right.side(sharing: similarity.intersection)
    var comparer = PassageComparer(rules: rules, folding: folding)
    (passages, unfollowedTokenCount) = comparer.passages(first, second)
  }
}

/// The values of one text that are compared.
private struct TextSketch {
  let contentHash: ContentHash
  let byteCount: Int
  let invalidSequenceCount: Int
  let shingles: ShingleSet
  /// The signature's slots; empty for a text without tokens.
  let slots: [UInt32]

  func side(sharing count: Int) -> Comparison.Side {
    Comparison.Side(
      byteCount: byteCount, tokenCount: Int(contentHash.tokenCount), shingleCount: shingles.count,
      invalidSequenceCount: invalidSequenceCount, contentHash: contentHash,
      containment: shingles.count == 0 ? 0 : Double(count) / Double(shingles.count))
  }

  func similarity(to other: TextSketch) -> Double {
    guard !slots.isEmpty && !other.slots.isEmpty else { return 0 }
    return MinHash.similarity(slots, other.slots)
  }
}

private struct TextSketcher: ~Copyable {
  private var tokens: TokenizedText
  private var shingles: ShingleIDs
  private var signature: Signature

  init(shingleLength: Int, slotCount: Int, folding: Folding) {
    tokens = TokenizedText(folding: folding)
    shingles = ShingleIDs(length: shingleLength)
    signature = Signature(slotCount: slotCount)
  }

  mutating func sketch(_ text: RawSpan) -> TextSketch {
    tokens.read(text)
    shingles.read(tokens)
    var slots: [UInt32] = []
    if tokens.count > 0 {
      signature.read(shingles)
      let values = signature.span
      slots = values.indices.map { values[$0] }
    }
    return TextSketch(
      contentHash: ContentHash(of: tokens, source: text), byteCount: text.byteCount,
      invalidSequenceCount: tokens.invalidSequenceCount, shingles: ShingleSet(shingles),
      slots: slots)
  }
}
