public import RepriseFormats

/// Defines where a scan writes its results, and whether it ends at the first problem.
public struct OutputOptions: Hashable, Sendable {
  /// The results folder.
  public var folder: BytePath = "reprise-results"
  /// True to write manifest, clusters, pairs and passages as Parquet files, too.
  public var writesTables = false
  /// True to stop at the first problem instead of listing all problems in the results.
  public var isStrict = false

  /// Creates options with the command's defaults.
  public init() {}
}
