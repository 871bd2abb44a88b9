internal import RepriseCore
public import RepriseFormats

/// Signs one shard of a corpus: reads it, and writes a signature file with everything that a scan
/// needs to know about it.
///
/// Several machines can each sign a shard. A scan with ``InputOptions/signatures`` then
/// combines the signature files. It reads candidates again, so it needs the same files at the same
/// paths. A corpus that one machine reads does not need signing; use ``Scan``.
public struct Sign: Sendable {
  /// The counts of a finished run.
  public struct Report: Sendable {
    /// The number of input files.
    public let inputCount: Int
    /// The numbers of folder entries that were not read.
    public let leftOut: LeftOutEntries
    /// The number of documents.
    public let documentCount: Int
    /// The number of problems: content that was skipped or replaced.
    ///
    /// The scan's results list them.
    public let problemCount: Int
    /// The size of the signature file in bytes.
    public let byteCount: Int
    /// Failures that do not affect the finished signature file, as whole sentences.
    public let warnings: [String]
  }

  private let options: ScanOptions
  private let control = RunControl()

  /// Creates a run.
  ///
  /// The scan must use the same matching parameters.
  public init(_ options: ScanOptions) { self.options = options }

  /// Signs the shard.
  /// - Parameters:
  ///   - output: the signature file, which appears when it is complete.
  ///   - onProgress: called from time to time, from any thread.
  /// - Returns: the counts of the run.
  /// - Throws: the first error.
  /// - Complexity: O(bytes of the shard).
  public func run(
    output: BytePath, onProgress: @escaping @Sendable (ScanProgress) -> Void = { _ in }
  ) throws(RepriseError) -> Report {
    var options = try CheckedOptions(options)
    guard !options.input.paths.contains(InputFile.standardInputPath) else {
      throw .invalidParameter(
        "standard input cannot be signed, because the scan must be able to read it again")
    }
    do throws(CorpusError) {
      options.output.folder = output
      // The finished file is renamed, so it must be written on the disk of its destination.
      options.resources.scratch = nil
      return try options.sign(control, onProgress)
    } catch {
      control.fail()
      throw RepriseError(error)
    }
  }

  /// Cleans up before the process exits while a job is running.
  ///
  /// The signature file will not be published.
  ///
  /// - Returns: whether another run can resume this one.
  public func abandon() -> StoppedRun { control.abandon() }
}

extension CheckedOptions {
  fileprivate func sign(
    _ control: RunControl,
    _ onProgress: @escaping @Sendable (ScanProgress) -> Void
  ) throws(CorpusError) -> Sign.Report {
    try checkPlaces()
    let place = try StagedFile(output.folder)
    let found = try discover()
    if let pipe = found.inputs.first(where: \.isPipe) {
      throw CorpusError.changed(pipe.path, "a pipe cannot be read again")
    }
    try place.check(found.inputs)
    try checkDisk(signing: found.inputs, in: scratchFolder)
    let (scratch, log) = try beginSketching(found, in: scratchFolder, control)
    let reading = try readingOptions(scratch: scratch.path)
    let progress = ProgressRelay(found.inputs, onProgress)
    let corpus = try SketchedCorpus(
      sketching: found, self, to: log, reading: reading, onProgress: progress.read)
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
