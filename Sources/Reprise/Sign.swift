internal import RepriseCore
public import RepriseFormats

/// Signs one shard of a corpus: reads it, and writes a signature file with everything that a scan
/// needs to know about it.
///
/// Several machines can each sign a shard. A scan with ``InputOptions/signatures`` then combines
/// the signature files. It reads candidates again, so it needs the same files at the same paths. A
/// corpus that one machine reads does not need signing; use ``Scan``.
public struct Sign: Sendable {
  /// The counts of a finished run.
  public struct Report: Sendable {
    /// The number of input files.
    public let inputCount: Int
    /// The numbers of folder entries that were not read.
    package let leftOut: LeftOutEntries
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

  private let options: SignOptions

  /// Creates a run.
  public init(_ options: SignOptions) { self.options = options }

  /// Signs the shard.
  ///
  /// The signature file appears when it is complete.
  /// - Parameters:
  ///   - progress: called from time to time, from any thread.
  ///   - cancellation: lets another thread stop the run.
  /// - Returns: the counts of the run.
  /// - Throws: the first error.
  /// - Complexity: O(bytes of the shard).
  public func run(
    progress: @escaping @Sendable (RunProgress) -> Void = { _ in },
    cancellation: Cancellation = Cancellation()
  ) throws(RepriseError) -> Report {
    let checked = try CheckedOptions(options.scan)
    guard !checked.paths.contains(InputFile.standardInputPath) else {
      throw .invalidParameter(
        "standard input cannot be signed, because the scan must be able to read it again")
    }
    let control = RunControl(cancellation)
    do throws(CorpusError) {
      return try checked.sign(control, RunMonitor(cancellation, progress))
    } catch {
      control.fail()
      throw RepriseError(error, cancellation)
    }
  }
}

extension CheckedOptions {
  fileprivate func sign(
    _ control: RunControl, _ monitor: RunMonitor
  ) throws(CorpusError) -> Sign.Report {
    try checkPlaces()
    let place = try StagedFile(output.folder)
    let found = try discover(monitor.cancellation)
    if let pipe = found.inputs.first(where: \.isPipe) {
      throw CorpusError.changed(pipe.path, "a pipe cannot be read again")
    }
    try place.check(found.inputs)
    try checkDisk(signing: found.inputs, in: scratchFolder)
    let (scratch, log) = try beginSketching(found, in: scratchFolder, control)
    let reading = try readingOptions(scratch: scratch.path)
    monitor.beginReading(found.inputs)
    let corpus = try SketchedCorpus(
      sketching: found, to: log, self, reading: reading, monitor)
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
