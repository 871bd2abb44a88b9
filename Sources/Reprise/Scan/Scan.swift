internal import RepriseCore
internal import RepriseEngine
internal import RepriseFormats

/// Finds the duplicates in a corpus and writes the results folder.
///
/// The stages run one after another: sketch every document, group exact duplicates, find candidates
/// by their bands, verify them, choose survivors, find passages, write. Every near-duplicate that
/// is dropped was compared with a kept document: by exact similarity, or by an estimate if the
/// configuration says so.
///
/// For two documents, use ``Comparison``.
public struct Scan: Sendable {
  private let options: ScanOptions

  /// Creates a scan.
  public init(_ options: ScanOptions) { self.options = options }

  /// Runs the scan.
  /// - Parameters:
  ///   - progress: called from time to time, from any thread.
  ///   - cancellation: lets another thread stop the scan.
  /// - Returns: the counts; the folder ``OutputOptions/folder`` has the details.
  /// - Throws: the error that ended the run. Content that could not be read is not an error, unless
  ///   the run is strict: it is counted and listed in the results.
  /// - Complexity: O(bytes of the corpus), except for sorting chunks and finding components.
  public func run(
    progress: @escaping @Sendable (RunProgress) -> Void = { _ in },
    cancellation: Cancellation = Cancellation()
  ) throws(RepriseError) -> ScanSummary {
    let options = try CheckedOptions(options)
    let control = RunControl(cancellation)
    do throws(CorpusError) {
      return try run(options, control, RunMonitor(cancellation, progress))
    } catch {
      control.fail()
      throw RepriseError(error, cancellation)
    }
  }

  private func run(
    _ options: CheckedOptions, _ control: RunControl, _ monitor: RunMonitor
  ) throws(CorpusError) -> ScanSummary {
    let scheme = options.matching.scheme
    var summary = ScanSummary(output: options.output.folder, scheme: scheme)
    summary.preset = options.preset
    let ignored = try IgnoredGrams(options.input.ignoredTexts, rules: scheme.tokens)
    try options.checkPlaces()
    let folder = try control.begin { () throws(CorpusError) in
      try ResultsFolder(creating: options.output.folder)
    }
    let scratch = options.scratchFolder
    var reading = try options.readingOptions(scratch: scratch.path)
    reading.cachedByteCount = options.cachedByteCount
    var found = DiscoveredFiles()
    var log: SketchLog?
    if options.readsFiles {
      found = try options.discover(monitor.cancellation)
      let diskSpace = try options.checkDisk(found.inputs, scratch)
      monitor.beginReading(found.inputs, diskSpace)
      log = try options.beginSketching(found, in: scratch, control).log
    } else {
      _ = try control.begin(isResumable: false) { () throws(CorpusError) in try scratch.claim() }
    }
    let corpus = try SketchedCorpus(
      sketching: found, to: log, options, reading: reading, monitor)
    if log == nil { monitor.beginReading(corpus.inputs) }
    let store = corpus.store
    let names = InputPaths(corpus.inputs.map(\.path.text))
    try stopIfStrict(
      options, control, ProblemList(found: corpus.problems, store: store), inputs: names)
    summary.blankLineCount = store.chunks.reduce(0) { $0 + $1.layout.blankLineCount }
    let texts = corpus.source.texts(corpus.facts)
    let engine = Deduplication(
      options: options.engine, store: store, texts: texts, ignored: ignored,
      structuredInputs: corpus.structuredInputs, spill: .folder(scratch.path), monitor: monitor)
    let decided = try CorpusError.ofEngine { () throws(EngineError) in
      try engine.run { participants, repeatedIDs throws(EngineError) in
        try EngineError.outside { () throws(CorpusError) in
          do throws(CorpusError) {
            try AbsentFields(options: options, corpus: corpus, participants: participants).check()
          } catch {
            control.giveUpResuming()
            throw error
          }
          try stopIfStrict(
            options, control, ProblemList(found: [], store: store, repeatedIDs: repeatedIDs),
            inputs: names)
        }
      }
    }
    summary.verification = decided.duplicates.counts
    summary.survivorLimitHits = decided.duplicates.survivorLimitHits

    monitor.begin(.writing, total: store.documentCount)
    let problems = ProblemList(
      found: corpus.problems, store: store, repeatedIDs: decided.repeatedIDs,
      incomplete: decided.passages.incomplete, later: texts.problems)
    try stopIfStrict(options, control, problems, inputs: names)
    let results = ResultsStage(
      options: options, store: store, decisions: decided.duplicates.decisions,
      pairs: decided.duplicates.pairs, passages: decided.passages, problems: problems,
      inputs: names, inputEnds: corpus.inputs.map(\.byteCount),
      facts: corpus.facts, monitor: monitor, references: References(store, inputs: corpus.inputs),
      tally: SourceTally(inputCount: corpus.inputs.count))
    try results.run(into: folder, &summary)
    let inputs = corpus.inputs.filter { !$0.isReference }
    summary.inputCount = inputs.count
    summary.referenceCount = store.referenceCount
    summary.leftOut = corpus.leftOut
    summary.canBeCleaned = !inputs.contains(where: \.isPipe)
    summary.bytes.stored = inputs.reduce(0) { $0 + Int(clamping: $1.byteCount) }
    monitor.endStage("write")
    summary.stages = monitor.stages.map {
      ScanSummary.Stage(name: $0.name, seconds: $0.seconds, processorSeconds: $0.processorSeconds)
    }
    var file = Summary(
      summary, options, inputs: corpus.inputs, facts: corpus.facts, counts: results.tally.trees)
    file.files = folder.files
    summary.file = file.tree
    let committed = file
    summary.warnings += try control.commit { () throws(CorpusError) in
      folder.leftovers + (try folder.commit(committed))
    }.map(\.description)
    return summary
  }

  /// Ends a strict run at its first problem.
  ///
  /// Such a run cannot be resumed.
  private func stopIfStrict(
    _ options: CheckedOptions, _ control: RunControl, _ problems: ProblemList, inputs: InputPaths
  ) throws(CorpusError) {
    guard options.output.isStrict else { return }
    try problems.list(DocumentLabels(problems.store, inputs: inputs)) {
      problem throws(CorpusError) in
      control.giveUpResuming()
      throw .stopped(by: problem)
    }
  }
}
