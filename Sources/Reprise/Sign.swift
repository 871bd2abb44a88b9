internal import RepriseCore
public import RepriseCorpus

/// Reads a part of a corpus and writes what a scan needs of it into one file, so that several
/// machines can share the reading; ``ScanConfiguration/signatures`` puts the parts together.
///
/// The scan reads candidates again, so it needs the same files under the same paths.
public struct Sign: Sendable {
  /// What was signed, in numbers.
  public struct Report: Sendable {
    /// Input files.
    public let sourceCount: Int
    /// Entries of folders that were not read.
    public let leftOut: LeftOutEntries
    /// Documents.
    public let documentCount: Int
    /// What was skipped or replaced; the scan's results will name it.
    public let problemCount: Int
    /// The bytes of the signature file.
    public let byteCount: Int
  }

  private let configuration: ScanConfiguration

  /// Creates a run with the parameters that the scan will have.
  public init(_ configuration: ScanConfiguration) { self.configuration = configuration }

  /// Runs the job.
  /// - Parameters:
  ///   - output: the file, which appears once it is complete.
  ///   - onProgress: called now and then, from any thread.
  /// - Returns: what was signed.
  /// - Throws: what made it impossible.
  /// - Complexity: O(bytes of the part).
  public func run(
    output: FilePath, onProgress: @escaping @Sendable (ScanProgress) -> Void = { _ in }
  ) throws(RepriseError) -> Report {
    let scheme = try configuration.scheme()
    guard !configuration.paths.contains(SourceFile.standardInputPath) else {
      throw .invalidParameter(
        "standard input cannot be read again, and a scan of signatures reads candidates again")
    }
    do throws(CorpusError) {
      return try run(scheme, try SignaturePlace(output), onProgress)
    } catch {
      throw RepriseError(error)
    }
  }

  private func run(
    _ scheme: Scheme, _ place: SignaturePlace,
    _ onProgress: @escaping @Sendable (ScanProgress) -> Void
  ) throws(CorpusError) -> Report {
    let found = try configuration.discover(staged: place.hidden)
    if let pipe = found.sources.first(where: \.isPipe) {
      throw CorpusError.changed(pipe.path, "a pipe cannot be read again")
    }
    let options = try configuration.readingOptions(scratch: place.folder)
    let description = RunDescription(configuration, scheme, found)
    let log =
      configuration.resumes
      ? try SketchLog.resume(place.hidden, description)
      : try SketchLog.begin(place.hidden, description)
    let progress = ProgressRelay(found.sources, onProgress)
    let corpus = try SketchedCorpus(
      sketching: found, configuration, scheme, to: log, options: options, onProgress: progress.read)
    try log.end(chunkCount: corpus.store.chunks.count)
    try place.commit()
    return Report(
      sourceCount: found.sources.count, leftOut: found.leftOut,
      documentCount: corpus.store.documentCount,
      problemCount: corpus.problems.count
        + corpus.store.chunks.reduce(0) { $0 + $1.layout.problemCount },
      byteCount: Int(log.file.byteCount))
  }
}
