public import RepriseFormats

/// The parameters of a scan, in four parts.
public struct ScanOptions: Sendable {
  /// The inputs.
  public var input: InputOptions
  /// The definition of duplicates.
  public var matching = MatchingOptions()
  /// Threads, memory and disk.
  public var resources = ResourceOptions()
  /// The results.
  public var output = OutputOptions()
  /// Values that tests change.
  package var hooks = TestHooks()

  /// Creates options with the command's defaults.
  public init(paths: [BytePath]) { input = InputOptions(paths: paths) }
}
