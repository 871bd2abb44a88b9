internal import RepriseCore
public import RepriseEngine
internal import RepriseFormats

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
    /// True if the signature file was there already, complete and of the same inputs and parameters.
    public let wasComplete: Bool
    /// Failures that do not affect the finished signature file, as whole sentences.
    public let warnings: [String]
  }

  private let options: SignOptions

  /// Creates a run.
  public init(_ options: SignOptions) { self.options = options }

  /// Signs the shard.
  ///
  /// The signature file appears when it is complete. Nothing is done if it is there already, of the same
  /// inputs and parameters.
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
      return try checked.sign(options.shard, control, RunMonitor(cancellation, progress))
    } catch {
      control.fail()
      throw RepriseError(error, cancellation)
    }
  }
}

extension CheckedOptions {
  fileprivate func sign(
    _ shard: InputShard?, _ control: RunControl, _ monitor: RunMonitor
  ) throws(CorpusError) -> Sign.Report {
    try checkPlaces()
    let place = try StagedFile(output.folder)
    var found = try discover(monitor.cancellation)
    shard?.select(from: &found, pieceByteCount: hooks.chunkByteCount)
    if let pipe = found.inputs.first(where: \.isPipe) {
      throw CorpusError.changed(pipe.path, "a pipe cannot be read again")
    }
    try place.check(found.inputs)
    if let report = try completeReport(of: found, at: place) { return report }
    try checkDisk(signing: found.inputs, in: scratchFolder)
    let (scratch, log) = try beginSketching(found, in: scratchFolder, control)
    let reading = try readingOptions(scratch: scratch.path)
    monitor.beginReading(found.inputs)
    let corpus = try SketchedCorpus(
      sketching: found, to: log, self, reading: reading, monitor)
    let problemCount = try countProblems(corpus.problems, corpus.store, corpus.inputs).all
    try log.end(chunkCount: corpus.store.chunks.count)
    let failures = try control.commit { () throws(CorpusError) in try place.commit(scratch) }
    return Sign.Report(
      inputCount: found.inputs.count, leftOut: found.leftOut,
      documentCount: corpus.store.documentCount,
      problemCount: problemCount, byteCount: Int(log.file.byteCount), wasComplete: false,
      warnings: failures.map(\.description))
  }

  /// The counts of a signature file that is there already; nil if there is none, if it is damaged, if
  /// it is of other inputs or parameters, or if an input could not be read, which may be different now.
  ///
  /// Removes what an earlier run left.
  private func completeReport(
    of found: DiscoveredFiles, at place: StagedFile
  ) throws(CorpusError) -> Sign.Report? {
    guard place.exists, let shard = try? Shard(place.path),
      shard.description.tree == RunDescription(self, found).tree
    else { return nil }
    let reading = try readingOptions(scratch: scratchFolder.path)
    let store = try StoredSketches(
      [(shard.file, shard.blocks, 0)], of: found.inputs, encoding: reading.encoding,
      limit: hooks.documentLimit
    ).store
    let problems = try countProblems(shard.description.problems, store, found.inputs)
    guard problems.ofFailedInputs == 0 else { return nil }
    if try scratchFolder.exists { try scratchFolder.claim().remove() }
    return Sign.Report(
      inputCount: found.inputs.count, leftOut: found.leftOut, documentCount: store.documentCount,
      problemCount: problems.all,
      byteCount: Int(shard.file.byteCount), wasComplete: true, warnings: [])
  }

  private func countProblems(
    _ found: [Problem], _ store: SketchStore, _ inputs: [InputFile]
  ) throws(CorpusError) -> (all: Int, ofFailedInputs: Int) {
    let names = InputPaths(inputs.map(\.path.text))
    var counts = (all: 0, ofFailedInputs: 0)
    try ProblemList(found: found, store: store).list(
      DocumentLabels(store, inputs: names)
    ) { problem in
      counts.all += 1
      if CorpusError.Reason.ofFailedInputs.contains(problem.reason) { counts.ofFailedInputs += 1 }
    }
    return counts
  }
}
