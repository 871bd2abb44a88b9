/// How far a scan is.
public struct ScanProgress: Hashable, Sendable {
  /// What is being done.
  public enum Phase: String, Sendable {
    /// Documents are read and their signatures computed.
    case reading
    /// Candidate pairs are looked for.
    case matching
    /// Candidate pairs are verified.
    case verifying
    /// Repeated passages are looked for.
    case passages
    /// Results are written.
    case writing
  }

  /// What is being done.
  public var phase: Phase
  /// Units done in this phase: bytes as stored while reading, documents otherwise.
  public var completed: Int
  /// Units to do in this phase; nil where it is not known, as for standard input.
  public var total: Int?
  /// Documents read so far.
  public var documents: Int
}
