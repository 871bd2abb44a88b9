/// Decides which document of a cluster to prefer.
///
/// The policy defines the keep order: an earlier document is never dropped for a later one. The
/// first key decides, and of documents with equal values the next one. Ties go to the document that
/// comes first in the corpus.
public struct KeepPolicy: Hashable, Sendable {
  /// What documents are compared by.
  public enum Key: Hashable, Sendable {
    /// Prefers the document with the most bytes of text.
    case longest
    /// Prefers the latest date in a JSON Lines field, in a form that `docs/input.md` lists. Text
    /// files have no date.
    case newest(field: String)
    /// Prefers the highest number in a JSON Lines field. Text files have no number.
    case highest(field: String)
  }

  /// The keys, the first to decide first; at most 16.
  public var keys: [Key]

  package static let maximumKeyCount = 16

  /// Creates a policy; without keys, the first document in the corpus is preferred.
  public init(_ keys: [Key]) { self.keys = keys }

  /// Prefers the first document in the corpus.
  public static let first = Self([])
  /// Prefers the document with the most bytes of text.
  public static let longest = Self([.longest])
  /// Prefers the latest date in a field.
  public static func newest(field: String) -> Self { Self([.newest(field: field)]) }
  /// Prefers the highest number in a field.
  public static func highest(field: String) -> Self { Self([.highest(field: field)]) }

  /// Parses `first`, `longest`, `newest:FIELD` or `highest:FIELD`; nil for other text.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    switch (parts.first, parts.count) {
    case ("first", 1): self = .first
    case ("longest", 1): self = .longest
    case ("newest", 2) where !parts[1].isEmpty: self = .newest(field: String(parts[1]))
    case ("highest", 2) where !parts[1].isEmpty: self = .highest(field: String(parts[1]))
    default: return nil
    }
  }

  /// The keys as written on the command line; `first` if there are none.
  public var descriptions: [String] { keys.isEmpty ? ["first"] : keys.map(\.description) }

  /// The record fields that define the order, each once.
  package var fields: [String] {
    keys.compactMap(\.field).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}

extension KeepPolicy.Key {
  /// The key as written on the command line.
  public var description: String {
    switch self {
    case .longest: "longest"
    case .newest(let field): "newest:\(field)"
    case .highest(let field): "highest:\(field)"
    }
  }

  package var field: String? {
    switch self {
    case .longest: nil
    case .newest(let field), .highest(let field): field
    }
  }
}
