public import RepriseCorpus

/// Why a run could not be carried out.
public struct RepriseError: Error, CustomStringConvertible, Sendable {
  /// The kinds of reasons.
  public enum Reason: Sendable {
    /// A parameter is out of its range.
    case invalidParameter
    /// A file could not be read or written, or is not what it was.
    case corpus(CorpusError)
  }

  /// The kind of reason.
  public let reason: Reason
  /// A whole sentence with the value and the rule.
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
