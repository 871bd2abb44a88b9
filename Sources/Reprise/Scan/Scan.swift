/// Finds the duplicates of a corpus and writes the results folder.
public struct Scan: Sendable {
  private let configuration: ScanConfiguration

  /// Creates a scan.
  public init(_ configuration: ScanConfiguration) {
    self.configuration = configuration
  }

  /// Runs the scan.
  /// - Parameter onProgress: called now and then, from any thread.
  /// - Returns: what was found; the folder ``ScanConfiguration/output`` holds the details.
  /// - Throws: what made the run impossible. What could not be read is no such thing: it is counted
  ///   and named in the results.
  public func run(
    onProgress: (@Sendable (ScanProgress) -> Void)? = nil
  ) throws(RepriseError) -> ScanSummary {
    ScanSummary(output: configuration.output, scheme: try configuration.scheme())
  }
}
