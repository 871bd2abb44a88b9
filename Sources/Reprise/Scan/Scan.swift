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
  private let configuration: ScanConfiguration
  private let control = RunControl()

  /// Creates a scan.
  ///
  /// Copies share one run, so that any of them can ``abandon()`` it.
  public init(_ configuration: ScanConfiguration) {
    self.configuration = configuration
  }

  /// Runs the scan.
  /// - Parameter onProgress: called from time to time, from any thread.
  /// - Returns: the counts; the folder ``ScanConfiguration/output`` has the details.
  /// - Throws: the error that ended the run. Content that could not be read is not an error, unless
  ///   the run is strict: it is counted and listed in the results.
  /// - Complexity: O(bytes of the corpus), except for sorting chunks and finding components.
  public func run(
    onProgress: @escaping @Sendable (ScanProgress) -> Void = { _ in }
  ) throws(RepriseError) -> ScanSummary {
    let scheme = try configuration.scheme()
    do throws(CorpusError) {
      return try run(scheme, onProgress)
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
    _ scheme: Scheme, _ onProgress: @escaping @Sendable (ScanProgress) -> Void
  ) throws(CorpusError) -> ScanSummary {
    var clock = StageClock()
    var summary = ScanSummary(output: configuration.output, scheme: scheme)
    try configuration.checkPlaces()
    let folder = try control.begin { () throws(CorpusError) in
      try ResultsFolder(creating: configuration.output)
    }
    let scratch = configuration.scratchFolder
    var options = try configuration.readingOptions(scratch: scratch.path)
    options.cachedByteCount = configuration.cachedByteCount
    let progress: ProgressRelay
    let corpus: SketchedCorpus
    if configuration.signatures.isEmpty {
      let found = try configuration.discover()
      progress = ProgressRelay(found.inputs, onProgress)
      try configuration.checkDisk(found.inputs, scheme, scratch)
      let log = try configuration.beginSketching(found, scheme, in: scratch, control).log
      corpus = try SketchedCorpus(
        sketching: found, configuration, scheme, to: log, options: options,
        onProgress: progress.read)
    } else {
      _ = try control.begin(isResumable: false) { () throws(CorpusError) in try scratch.claim() }
      corpus = try SketchedCorpus(
        signatures: configuration.signatures, configuration, scheme,
        options: options)
      progress = ProgressRelay(corpus.inputs, onProgress)
    }
    let store = corpus.store
    let names = InputPaths(corpus.inputs.map(\.path.text))
    try stopIfStrict(ProblemList(found: corpus.problems, store: store), inputs: names)
    summary.blankLineCount = store.chunks.reduce(0) { $0 + $1.layout.blankLineCount }
    let plan = try MemoryPlan(configuration, store)
    if plan.hasResidentSections { store.loadSections(threads: configuration.threads) }
    clock.end("sketch")

    progress.begin(.matching, total: store.documentCount)
    let rereader = DocumentRereader(
      configuration, inputs: corpus.inputs, store: store,
      fetcher: RecordFetcher(corpus.reader, encodings: store.inputs.encodings))
    let stage = DuplicateStage(
      configuration: configuration, scheme: scheme, store: store, rereader: rereader, plan: plan,
      folder: scratch.path)
    var participants = Participants(store)
    let repeatedIDs = RepeatedIDs(stage.grouper, participants.named, inputs: names)
    try stopIfStrict(
      ProblemList(found: [], store: store, repeatedIDs: repeatedIDs), inputs: names)
    let representatives = stage.exactGroups(&participants)
    let duplicates = try stage.run(representatives, participants, &clock, progress)
    summary.verification = duplicates.counts
    summary.survivorLimitHits = duplicates.survivorLimitHits

    let decisions = duplicates.decisions
    var passages = FoundPassages()
    if configuration.find != .documents {
      let order = KeepOrder(
        documentCount: store.documentCount, comesFirst: participants.comesFirst
      ) { participants.signed.contains($0) && !decisions.isDropped(Int($0)) }
      progress.begin(.passages, total: order.documents.count)
      passages = try PassageStage(
        configuration: configuration, store: store, order: order, rereader: rereader,
        survivors: decisions.survivorSet, plan: plan
      ).run(onProgress: progress.complete)
      try store.check()
      clock.end("passages")
    }

    progress.begin(.writing, total: store.documentCount)
    let problems = ProblemList(
      found: corpus.problems, store: store, repeatedIDs: repeatedIDs,
      incomplete: passages.incomplete, later: rereader.problems)
    try stopIfStrict(problems, inputs: names)
    let results = ResultsStage(
      configuration: configuration, store: store, decisions: decisions, pairs: duplicates.pairs,
      passages: passages, problems: problems,
      inputs: names, inputEnds: corpus.inputs.map(\.byteCount))
    try results.run(into: folder, &summary, onProgress: progress.complete)
    summary.inputCount = corpus.inputs.count
    summary.leftOut = corpus.leftOut
    summary.canBeCleaned = !corpus.inputs.contains(where: \.isPipe)
    summary.bytes.stored = corpus.inputs.reduce(0) { $0 + Int(clamping: $1.byteCount) }
    clock.end("write")
    summary.stages = clock.stages
    let file = Summary(summary, configuration, inputs: corpus.inputs, facts: store.inputs)
    summary.warnings += try control.commit { () throws(CorpusError) in
      folder.leftovers + (try folder.commit(file))
    }.map(\.description)
    return summary
  }

  /// Ends a strict run at its first problem.
  ///
  /// Such a run cannot be resumed.
  private func stopIfStrict(
    _ problems: ProblemList, inputs: InputPaths
  ) throws(CorpusError) {
    guard configuration.isStrict else { return }
    try problems.list(DocumentLabels(problems.store, inputs: inputs)) {
      problem throws(CorpusError) in
      control.giveUpResuming()
      throw .stopped(by: problem)
    }
  }
}
