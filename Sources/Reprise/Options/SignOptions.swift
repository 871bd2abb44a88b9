internal import RepriseEngine
public import RepriseFormats

/// The parameters of signing a shard.
///
/// The scan of the signature files needs the same input and matching options.
public struct SignOptions: Sendable {
  /// The shard's inputs.
  public var input: InputOptions
  /// The definition of duplicates.
  public var matching: MatchingOptions
  /// Threads and disk.
  ///
  /// The folder for temporary files is always next to the signature file.
  public var resources: ResourceOptions
  /// The signature file to write.
  public var file: BytePath
  /// The part of the inputs to sign; nil for all.
  public var shard: InputShard?
  /// Values that tests change.
  package var hooks = TestHooks()

  /// Creates options with the command's defaults.
  public init(paths: [BytePath], file: BytePath) {
    self.init(ScanOptions(paths: paths), file: file)
  }

  /// Creates options for one shard of a scan with other paths.
  public init(_ scan: ScanOptions, file: BytePath) {
    (input, matching, resources) = (scan.input, scan.matching, scan.resources)
    self.file = file
    hooks = scan.hooks
  }

  /// The options as those of a scan whose output is the signature file.
  var scan: ScanOptions {
    var options = ScanOptions(paths: input.paths)
    (options.input, options.matching, options.resources) = (input, matching, resources)
    options.output.folder = file
    // The finished file is renamed, so it must be written on the disk of its destination.
    options.resources.scratch = nil
    options.hooks = hooks
    return options
  }
}
