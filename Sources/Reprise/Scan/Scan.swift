internal import RepriseCore
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
  private let control = RunControl()

  /// Creates a scan.
  ///
  /// Copies share one run, so that any of them can ``abandon()`` it.
  public init(_ options: ScanOptions) { self.options = options }

  /// Runs the scan.
  /// - Parameters:
  ///   - onProgress: called from time to time, from any thread.
  ///   - onDiskEstimate: called before anything is read with the bytes that the run needs in its
  ///     scratch folder for a time, and for its results, both estimated from the sizes of the files.
  /// - Returns: the counts; the folder ``OutputOptions/folder`` has the details.
  /// - Throws: the error that ended the run. Content that could not be read is not an error, unless
  ///   the run is strict: it is counted and listed in the results.
  /// - Complexity: O(bytes of the corpus), except for sorting chunks and finding components.
  public func run(
    onProgress: @escaping @Sendable (ScanProgress) -> Void = { _ in },
    onDiskEstimate: (_ scratch: Int, _ results: Int) -> Void = { _, _ in }
  ) throws(RepriseError) -> ScanSummary {
    let options = try CheckedOptions(options)
    do throws(CorpusError) {
      return try run(options, onDiskEstimate, onProgress)
    } catch {
      control.fail()
      throw RepriseError(error)
    }
  }

  /// Cleans up before the process exits while a scan is running.
  ///
  /// Deletes the unfinished results folder, and the scratch folder if the run cannot be resumed.
  /// The scan's threads keep running, but its results will not be published.
  ///
  /// - Returns: whether another run can resume this one.
  public func abandon() -> StoppedRun { control.abandon() }

  private func run(
    _ options: CheckedOptions, _ onDiskEstimate: (Int, Int) -> Void,
    _ onProgress: @escaping @Sendable (ScanProgress) -> Void
  ) throws(CorpusError) -> ScanSummary {
    let (matching, threads) = (options.matching, options.resources.threads)
    var clock = StageClock()
    var summary = ScanSummary(output: options.output.folder, scheme: matching.scheme)
    try options.checkPlaces()
    let folder = try control.begin { () throws(CorpusError) in
      try ResultsFolder(creating: options.output.folder)
    }
    let scratch = options.scratchFolder
    var reading = try options.readingOptions(scratch: scratch.path)
    reading.cachedByteCount = options.cachedByteCount
    let progress: ProgressRelay
    let corpus: SketchedCorpus
    if options.input.signatures.isEmpty {
      let found = try options.discover()
      progress = ProgressRelay(found.inputs, onProgress)
      try options.checkDisk(found.inputs, scratch, onEstimate: onDiskEstimate)
      let log = try options.beginSketching(found, in: scratch, control).log
      corpus = try SketchedCorpus(
        sketching: found, options, to: log, reading: reading, onProgress: progress.read)
    } else {
      _ = try control.begin(isResumable: false) { () throws(CorpusError) in try scratch.claim() }
      corpus = try SketchedCorpus(
        signatures: options.input.signatures, options, reading: reading)
      progress = ProgressRelay(corpus.inputs, onProgress)
    }
    let store = corpus.store
    let names = InputPaths(corpus.inputs.map(\.path.text))
    try stopIfStrict(options, ProblemList(found: corpus.problems, store: store), inputs: names)
    summary.blankLineCount = store.chunks.reduce(0) { $0 + $1.layout.blankLineCount }
    let plan = try MemoryPlan(
      limit: options.resources.memory, threads: threads, hasOrderKeys: matching.keep != .first,
      store,
      forced: .init(work: options.hooks.workByteCount, passages: options.hooks.passageByteCount))
    if plan.hasResidentSections { store.loadSections(threads: threads) }
    clock.end("sketch")

    progress.begin(.matching, total: store.documentCount)
    let rereader = DocumentRereader(
      options, inputs: corpus.inputs, store: store,
      fetcher: RecordFetcher(corpus.reader, encodings: store.inputs.encodings))
    let stage = DuplicateStage(
      matching: matching, threads: threads, store: store, rereader: rereader, plan: plan,
      folder: scratch.path)
    var participants = Participants(store)
    let repeatedIDs = RepeatedIDs(stage.grouper, participants.named, inputs: names)
    try stopIfStrict(
      options, ProblemList(found: [], store: store, repeatedIDs: repeatedIDs), inputs: names)
    let representatives = stage.exactGroups(&participants)
    let duplicates = try stage.run(representatives, participants, &clock, progress)
    summary.verification = duplicates.counts
    summary.survivorLimitHits = duplicates.survivorLimitHits

    let decisions = duplicates.decisions
    var passages = FoundPassages()
    if matching.find != .documents {
      let order = KeepOrder(
        documentCount: store.documentCount, comesFirst: participants.comesFirst
      ) { participants.signed.contains($0) && !decisions.isDropped(Int($0)) }
      progress.begin(.passages, total: order.documents.count)
      passages = try PassageStage(
        rules: matching.passageRules, threads: threads, store: store, order: order,
        rereader: rereader,
        survivors: decisions.survivorSet, plan: plan
      ).run(onProgress: progress.complete)
      try store.check()
      clock.end("passages")
    }

    progress.begin(.writing, total: store.documentCount)
    let problems = ProblemList(
      found: corpus.problems, store: store, repeatedIDs: repeatedIDs,
      incomplete: passages.incomplete, later: rereader.problems)
    try stopIfStrict(options, problems, inputs: names)
    let results = ResultsStage(
      options: options, store: store, decisions: decisions, pairs: duplicates.pairs,
      passages: passages, problems: problems,
      inputs: names, inputEnds: corpus.inputs.map(\.byteCount))
    try results.run(into: folder, &summary, onProgress: progress.complete)
    summary.inputCount = corpus.inputs.count
    summary.leftOut = corpus.leftOut
    summary.canBeCleaned = !corpus.inputs.contains(where: \.isPipe)
    summary.bytes.stored = corpus.inputs.reduce(0) { $0 + Int(clamping: $1.byteCount) }
    clock.end("write")
    summary.stages = clock.stages
    let file = Summary(summary, options, inputs: corpus.inputs, facts: store.inputs)
    summary.warnings += try control.commit { () throws(CorpusError) in
      folder.leftovers + (try folder.commit(file))
    }.map(\.description)
    return summary
  }

  /// Ends a strict run at its first problem.
  ///
  /// Such a run cannot be resumed.
  private func stopIfStrict(
    _ options: CheckedOptions, _ problems: ProblemList, inputs: InputPaths
  ) throws(CorpusError) {
    guard options.output.isStrict else { return }
    try problems.list(DocumentLabels(problems.store, inputs: inputs)) {
      problem throws(CorpusError) in
      control.giveUpResuming()
      throw .stopped(by: problem)
    }
  }
}
