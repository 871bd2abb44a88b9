/// Which document of a cluster stays: the order in which documents are taken, so that an earlier
/// one is never dropped for a later one.
///
/// Ties go to the document that comes first in the corpus.
public enum KeepPolicy: Hashable, Sendable {
  /// The first one in the corpus.
  case first
  /// The one with most bytes of text.
  case longest
  /// The one with the latest date in a JSON Lines field: ISO 8601, or a number of seconds. Text
  /// files have none.
  case newest(field: String)
  /// The one with the highest number in a JSON Lines field. Text files have none.
  case highest(field: String)

  /// Reads `first`, `longest`, `newest:FIELD` or `highest:FIELD`.
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

  /// The policy as it is written on the command line.
  public var description: String {
    switch self {
    case .first: "first"
    case .longest: "longest"
    case .newest(let field): "newest:\(field)"
    case .highest(let field): "highest:\(field)"
    }
  }

  /// The record field that the order depends on.
  var field: String? {
    switch self {
    case .first, .longest: nil
    case .newest(let field), .highest(let field): field
    }
  }
}
