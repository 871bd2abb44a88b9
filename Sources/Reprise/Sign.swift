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
    public let inputCount: Int
    /// Entries of folders that were not read.
    public let leftOut: LeftOutEntries
    /// Documents.
    public let documentCount: Int
    /// What was skipped or replaced; the scan's results will name it.
    public let problemCount: Int
    /// The bytes of the signature file.
    public let byteCount: Int
    /// What failed without harm to the signature file, which is in its place: whole sentences.
    public let warnings: [String]
  }

  private let configuration: ScanConfiguration
  private let control = RunControl()

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
    output: BytePath, onProgress: @escaping @Sendable (ScanProgress) -> Void = { _ in }
  ) throws(RepriseError) -> Report {
    let scheme = try configuration.scheme()
    guard !configuration.paths.contains(InputFile.standardInputPath) else {
      throw .invalidParameter(
        "standard input cannot be signed, because the scan must be able to read it again")
    }
    do throws(CorpusError) {
      var configuration = configuration
      configuration.output = output
      // The finished file is renamed, so it is written on the disk of its place.
      configuration.scratch = nil
      return try configuration.sign(scheme, control, onProgress)
    } catch {
      control.fail()
      throw RepriseError(error)
    }
  }

  /// Stops a running job, because the process is going to end: the file will not be put in its
  /// place.
  ///
  /// - Returns: whether another run can go on from what was done.
  public func abandon() -> StoppedRun { control.abandon() }
}

extension ScanConfiguration {
  fileprivate func sign(
    _ scheme: Scheme, _ control: RunControl,
    _ onProgress: @escaping @Sendable (ScanProgress) -> Void
  ) throws(CorpusError) -> Sign.Report {
    try checkPlaces()
    let place = try StagedFile(output)
    let found = try discover()
    if let pipe = found.inputs.first(where: \.isPipe) {
      throw CorpusError.changed(pipe.path, "a pipe cannot be read again")
    }
    try place.check(found.inputs)
    try checkDisk(signing: found.inputs, scheme, in: scratchFolder)
    let (scratch, log) = try beginSketching(found, scheme, in: scratchFolder, control)
    let options = try readingOptions(scratch: scratch.path)
    let progress = ProgressRelay(found.inputs, onProgress)
    let corpus = try SketchedCorpus(
      sketching: found, self, scheme, to: log, options: options, onProgress: progress.read)
    let problemCount = try countProblems(corpus)
    try log.end(chunkCount: corpus.store.chunks.count)
    let failures = try control.commit { () throws(CorpusError) in try place.commit(scratch) }
    return Sign.Report(
      inputCount: found.inputs.count, leftOut: found.leftOut,
      documentCount: corpus.store.documentCount,
      problemCount: problemCount, byteCount: Int(log.file.byteCount),
      warnings: failures.map(\.description))
  }

  private func countProblems(_ corpus: SketchedCorpus) throws(CorpusError) -> Int {
    let names = InputPaths(corpus.inputs.map(\.path.text))
    var count = 0
    try ProblemList(found: corpus.problems, store: corpus.store).list(
      DocumentLabels(corpus.store, inputs: names)
    ) { _ in count += 1 }
    return count
  }
}
