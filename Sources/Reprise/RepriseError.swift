public import RepriseFormats

/// An error that ended a run.
public struct RepriseError: Error, CustomStringConvertible, Sendable {
  /// The kinds of errors.
  public enum Reason: Sendable {
    /// A parameter is out of its range.
    case invalidParameter
    /// A file could not be read or written, or has changed.
    case corpus(CorpusError)
  }

  /// The kind of error.
  public let reason: Reason
  /// A sentence that names the value and the rule that it breaks.
  public let description: String

  init(_ error: CorpusError) {
    reason = .corpus(error)
    description = error.description
  }

  private init(reason: Reason, description: String) {
    self.reason = reason
    self.description = description
  }

  static func invalidParameter(_ description: String) -> RepriseError {
    RepriseError(reason: .invalidParameter, description: description)
  }
}
