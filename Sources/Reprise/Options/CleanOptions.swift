public import RepriseFormats

/// The parameters of cleaning a corpus.
public struct CleanOptions: Hashable, Sendable {
  /// The results folder of a scan.
  public var results: BytePath
  /// The folder for the cleaned corpus: new or empty.
  public var output: BytePath
  /// True to leave out documents that could not be read, too.
  public var dropsUnreadable = false
  /// True to keep all documents, uncut, and to add fields or columns to their records that say what
  /// became of them: `reprise_status`, `reprise_reason`, `reprise_duplicate_of`, `reprise_similarity`
  /// and `reprise_cluster`.
  public var addsColumns = false

  /// Creates options with the command's defaults.
  public init(results: BytePath, output: BytePath) {
    (self.results, self.output) = (results, output)
  }
}
