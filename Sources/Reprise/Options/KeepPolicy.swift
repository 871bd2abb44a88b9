/// Decides which document of a cluster to prefer.
///
/// The policy defines the keep order: an earlier document is never dropped for a later one.
///
/// Ties go to the document that comes first in the corpus.
public enum KeepPolicy: Hashable, Sendable {
  /// Prefers the first document in the corpus.
  case first
  /// Prefers the document with the most bytes of text.
  case longest
  /// Prefers the latest date in a field of a record. Text files have no date.
  case newest(field: String)
  /// Prefers the highest number in a field of a record. Text files have no number.
  case highest(field: String)

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

  /// The policy as written on the command line.
  public var description: String {
    switch self {
    case .first: "first"
    case .longest: "longest"
    case .newest(let field): "newest:\(field)"
    case .highest(let field): "highest:\(field)"
    }
  }

  /// The record field that defines the order, if any.
  var field: String? {
    switch self {
    case .first, .longest: nil
    case .newest(let field), .highest(let field): field
    }
  }
}
