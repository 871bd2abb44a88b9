/// What is to become of one document, and why: one line of `manifest.jsonl`.
public struct ManifestEntry: Equatable, Sendable {
  /// What happens to a document in the cleaned corpus.
  public enum Status: String, CaseIterable, Sendable {
    /// It stays as it is.
    case keep
    /// It is left out: it repeats a document that stays.
    case drop
    /// It stays without the ranges in ``ManifestEntry/cuts``.
    case trim
    /// It stays, and has no token: nothing but the same bytes can repeat it.
    case empty
    /// It stays; its text could not be read, and `problems.jsonl` says more.
    case unreadable
  }

  /// What a document that is dropped or trimmed has in common with another; of an unreadable one,
  /// the class of its problem.
  public struct Reason: RawRepresentable, Hashable, Sendable {
    /// The word that the manifest uses.
    public var rawValue: String

    /// Takes the word that the manifest uses.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// All tokens.
    public static let exact = Self(rawValue: "exact")
    /// Most shingles.
    public static let near = Self(rawValue: "near")
    /// Passages.
    public static let passage = Self(rawValue: "passage")
  }

  /// The record's id field, or `SOURCE#LINE`.
  public var id: String
  /// The file that holds the document.
  public var source: String
  /// The document's first byte in the decoded file.
  public var offset: Int
  /// The document's bytes in the decoded file; of a JSON Lines record, without its line end.
  public var length: Int
  /// What happens to the document.
  public var status: Status
  /// Why it is dropped, trimmed or unreadable.
  public var reason: Reason?
  /// The id of the kept document that a dropped one repeats.
  public var duplicateOf: String?
  /// The Jaccard similarity with that document, 0...1.
  public var similarity: Double?
  /// The number of the document's cluster in `clusters.jsonl`.
  public var cluster: Int?
  /// What a trimmed document loses, in the order of the ranges.
  public var cuts: [Cut]
  /// The first words of the document.
  public var title: String?

  /// Creates an entry; what is not given is not there.
  public init(
    id: String, source: String, offset: Int, length: Int, status: Status, reason: Reason? = nil,
    duplicateOf: String? = nil, similarity: Double? = nil, cluster: Int? = nil, cuts: [Cut] = [],
    title: String? = nil
  ) {
    self.id = id
    self.source = source
    self.offset = offset
    self.length = length
    self.status = status
    self.reason = reason
    self.duplicateOf = duplicateOf
    self.similarity = similarity
    self.cluster = cluster
    self.cuts = cuts
    self.title = title
  }
}

extension ManifestEntry: ResultEntry {
  /// Writes every key, with null for what is not there.
  public func write(to writer: inout JSONWriter) {
    ManifestLine(
      id: .string(id), source: .string(source), offset: offset, length: length, status: status,
      reason: reason, duplicateOf: duplicateOf.map { .string($0) }, similarity: similarity,
      cluster: cluster, cuts: cuts, title: title.map { .string($0) }
    ).write(to: &writer)
  }
}
