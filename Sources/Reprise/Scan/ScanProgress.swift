/// The progress of a scan.
public struct ScanProgress: Hashable, Sendable {
  /// The phases of a scan, in their order.
  public enum Phase: String, Sendable {
    /// Reading documents and computing their sketches.
    case reading
    /// Finding candidate pairs.
    case matching
    /// Verifying candidate pairs.
    case verifying
    /// Finding repeated passages.
    case passages
    /// Writing results.
    case writing
  }

  /// The current phase.
  public var phase: Phase
  /// The completed amount of this phase: decoded bytes while reading, documents in other phases.
  public var completed: Int
  /// The total amount of this phase; nil if it is unknown, as for standard input.
  public var total: Int?
  /// The number of documents read so far.
  public var documents: Int
}
