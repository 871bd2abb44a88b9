/// The progress of a run.
public struct RunProgress: Hashable, Sendable {
  /// The phases of runs.
  ///
  /// A scan has the first five in this order, signing the first, and cleaning
  /// the last.
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
    /// Writing the cleaned corpus.
    case cleaning
  }

  /// The disk space that a run needs, in bytes, estimated from the sizes of the inputs.
  public struct DiskSpace: Hashable, Sendable {
    /// The space in the scratch folder, until the run ends.
    public var scratch: Int
    /// The space for the results.
    public var results: Int

    package init(scratch: Int, results: Int) { (self.scratch, self.results) = (scratch, results) }
  }

  /// The current phase.
  public var phase: Phase
  /// The completed amount of this phase: decoded bytes while reading and cleaning, documents in
  /// other phases.
  public var completed: Int
  /// The total amount of this phase; nil if it is unknown, as for standard input.
  public var total: Int?
  /// The number of documents read so far; nil if the run does not count them.
  public var documents: Int?
  /// The disk space that a scan needs; only in its first report, before anything is read.
  public var diskSpace: DiskSpace?

  package init(phase: Phase, completed: Int, total: Int?, documents: Int?) {
    (self.phase, self.completed) = (phase, completed)
    (self.total, self.documents) = (total, documents)
  }
}
