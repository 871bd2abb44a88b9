internal import RepriseEngine
public import RepriseFormats

/// An error that ended a run.
public struct RepriseError: Error, CustomStringConvertible, Sendable {
  /// The kinds of errors.
  package enum Reason: Sendable {
    /// A parameter is out of its range.
    case invalidParameter
    /// A file could not be read or written, or has changed.
    case corpus(CorpusError)
  }

  /// The kind of error.
  package let reason: Reason
  /// A sentence that names the value and the rule that it breaks.
  public let description: String

  /// What could not be read or written, and where; nil if a parameter is out of its range.
  public var problem: Problem? {
    guard case .corpus(let error) = reason else { return nil }
    return Problem(error)
  }

  /// True if the run was stopped by its ``RepriseEngine/Cancellation``.
  public var isCancelled: Bool {
    guard case .corpus(let error) = reason else { return false }
    return error.reason == .stopped
  }

  /// Creates the error of a run.
  ///
  /// After a cancellation, every error becomes `stopped`: files that the run needs may be gone.
  package init(_ error: CorpusError, _ cancellation: Cancellation) {
    self.init(cancellation.isCancelled ? CorpusError.stopped() : error)
  }

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
