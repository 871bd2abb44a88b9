internal import RepriseCore
internal import RepriseCorpus

/// Finds the duplicates of a corpus and writes the results folder.
///
/// The stages follow one another: sketch every document, group equal ones, find candidates by their
/// bands, verify them, choose survivors, write. What is dropped was verified against a document
/// that is kept, by its exact similarity unless the configuration says otherwise.
public struct Scan: Sendable {
  private let configuration: ScanConfiguration
  private let control = RunControl()

  /// Creates a scan.
  public init(_ configuration: ScanConfiguration) {
    self.configuration = configuration
  }

  /// Runs the scan.
  /// - Parameter onProgress: called now and then, from any thread.
  /// - Returns: what was found; the folder ``ScanConfiguration/output`` holds the details.
  /// - Throws: what made the run impossible. What could not be read is no such thing: it is counted
  ///   and named in the results.
  /// - Complexity: O(bytes of the corpus), but for sorting chunks and finding components.
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

  /// Removes what a running scan would leave behind that is of no use, because the process is going
  /// to end; the scan goes on, and its results will not be put in their place.
  ///
  /// - Returns: whether another run can go on from what was done.
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

  /// Ends a strict run if there is a problem; what it left is of no use to another run.
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
