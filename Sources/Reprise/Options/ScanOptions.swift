internal import RepriseEngine
public import RepriseFormats

/// The parameters of a scan, in four parts.
public struct ScanOptions: Sendable {
  /// The inputs.
  public var input: InputOptions
  /// The definition of duplicates.
  public var matching: MatchingOptions
  /// Threads, memory and disk.
  public var resources = ResourceOptions()
  /// The results.
  public var output = OutputOptions()
  /// The preset that the options began with, for the results to name.
  public let preset: Preset?
  /// Values that tests change.
  package var hooks = TestHooks()

  /// Creates options with the command's defaults, and those of a preset if there is one.
  public init(paths: [BytePath], preset: Preset? = nil) {
    input = InputOptions(paths: paths, preset: preset)
    matching = MatchingOptions(preset: preset)
    self.preset = preset
  }
}
