/// The decision on one document, and its reason: one line of `manifest.jsonl`.
public struct ManifestEntry: Equatable, Sendable {
  /// The decisions on documents.
  public enum Status: String, CaseIterable, Sendable {
    /// The document is kept.
    case keep
    /// The document is dropped, because it repeats kept documents.
    case drop
    /// The document is kept without the spans in ``ManifestEntry/cuts``.
    case trim
    /// The document remains.
    ///
    /// It has no tokens, so only a document with equal bytes repeats it.
    case empty
    /// The document remains.
    ///
    /// Its text could not be read; `problems.jsonl` has the details.
    case unreadable
  }

  /// The kind of repetition for which a document is dropped or trimmed; for an unreadable one, the
  /// class of its problem.
  public struct Reason: RawRepresentable, Hashable, Sendable {
    /// The word in the manifest.
    public var rawValue: String

    /// Creates a reason from the word in the manifest.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The document's text has the same bytes as that of another, as UTF-8.
    public static let exact = Self(rawValue: "exact")
    /// The document's tokens equal those of another, in the same order: only what no token has
    /// differs, such as case, punctuation and spacing.
    public static let words = Self(rawValue: "words")
    /// The document is similar to another.
    public static let near = Self(rawValue: "near")
    /// One kept document has nearly all of the document's words, in exact runs.
    public static let contained = Self(rawValue: "contained")
    /// The document shares passages with others.
    public static let passage = Self(rawValue: "passage")
    /// Fewer words of the document would be left than `--min-left` requires.
    public static let remnant = Self(rawValue: "remnant")
  }

  /// The value of the record's id field, else `SOURCE#LINE`, or `SOURCE` for a document that is a
  /// whole file.
  public var id: String
  /// The file that contains the document.
  public var source: String
  /// The byte offset of the document in the decoded file.
  public var offset: Int
  /// The size of the document in the decoded file in bytes, without the line end of a JSON Lines
  /// record.
  public var length: Int
  /// The number of its tokens; 0 for a document that could not be read.
  public var words: Int
  /// The decision on the document.
  public var status: Status
  /// The reason why it is dropped, trimmed or unreadable.
  public var reason: Reason?
  /// The id of the kept document that a dropped one repeats.
  public var duplicateOf: String?
  /// The file of that document.
  public var duplicateSource: String?
  /// The byte offset of that document in its file.
  public var duplicateOffset: Int?
  /// The index of that document's line in the manifest, from 0.
  public var duplicateRow: Int?
  /// The argument that named that document, if it is a reference document, which has no line.
  public var duplicateIn: String?
  /// The Jaccard similarity to that document, from 0 to 1; for a contained document, the share of
  /// its tokens that the other one has.
  public var similarity: Double?
  /// The number of the document's cluster in `clusters.jsonl`.
  public var cluster: Int?
  /// The number of documents that are dropped because they repeat this one.
  public var copies: Int
  /// The spans that are cut from a trimmed document, ascending.
  public var cuts: [Cut]
  /// The beginning of the first line that is a sentence or a heading.
  public var title: String?

  /// Creates an entry; omitted values are absent.
  package init(
    id: String, source: String, offset: Int, length: Int, words: Int = 0, status: Status,
    reason: Reason? = nil, duplicateOf: String? = nil, duplicateSource: String? = nil,
    duplicateOffset: Int? = nil, duplicateRow: Int? = nil, duplicateIn: String? = nil,
    similarity: Double? = nil,
    cluster: Int? = nil, copies: Int = 0, cuts: [Cut] = [], title: String? = nil
  ) {
    self.id = id
    self.source = source
    self.offset = offset
    self.length = length
    self.words = words
    self.status = status
    self.reason = reason
    self.duplicateOf = duplicateOf
    self.duplicateSource = duplicateSource
    self.duplicateOffset = duplicateOffset
    self.duplicateRow = duplicateRow
    self.duplicateIn = duplicateIn
    self.similarity = similarity
    self.cluster = cluster
    self.copies = copies
    self.cuts = cuts
    self.title = title
  }
}

extension ManifestEntry: ResultEntry {
  /// Writes every key, with null for absent values.
  package func write(to writer: inout JSONWriter) {
    ManifestLine(
      id: .string(id), source: .string(source), offset: offset, length: length, words: words,
      status: status,
      reason: reason, duplicateOf: duplicateOf.map { .string($0) },
      duplicateSource: duplicateSource.map { .string($0) }, duplicateOffset: duplicateOffset,
      duplicateRow: duplicateRow, duplicateIn: duplicateIn, similarity: similarity,
      cluster: cluster, copies: copies, cuts: cuts, title: title.map { .string($0) }
    ).write(to: &writer)
  }
}
