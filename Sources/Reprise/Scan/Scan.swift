internal import RepriseCore
internal import RepriseCorpus

/// Finds the duplicates of a corpus and writes the results folder.
///
/// The stages follow one another: sketch every document, group equal ones, find candidates by their
/// bands, verify them, choose survivors, write. What is dropped was verified against a document that
/// is kept, by its exact similarity unless the configuration says otherwise.
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
    options.keptByteCount = configuration.keptByteCount
    let progress: ProgressRelay
    let corpus: SketchedCorpus
    if configuration.signatures.isEmpty {
      let found = try configuration.discover()
      progress = ProgressRelay(found.sources, onProgress)
      try configuration.checkDisk(found.sources, scheme, scratch)
      let log = try configuration.beginSketching(found, scheme, in: scratch, control).log
      corpus = try SketchedCorpus(
        sketching: found, configuration, scheme, to: log, options: options,
        onProgress: progress.read)
    } else {
      _ = try control.begin(isResumable: false) { () throws(CorpusError) in try scratch.claim() }
      corpus = try SketchedCorpus(
        signatures: configuration.signatures, configuration, scheme,
        options: options)
      progress = ProgressRelay(corpus.sources, onProgress)
    }
    let store = corpus.store
    let names = SourceNames(corpus.sources.map(\.path.text))
    try stopIfStrict(ProblemList(found: corpus.problems, store: store), sources: names)
    summary.blankLineCount = store.chunks.reduce(0) { $0 + $1.layout.blankLineCount }
    let plan = try MemoryPlan(configuration, store)
    if plan.keepsSections { store.keep(threads: configuration.threads) }
    clock.end("sketch")

    progress.begin(.matching, total: store.documentCount)
    let texts = DocumentTexts(
      configuration, sources: corpus.sources, store: store,
      fetcher: RecordFetcher(corpus.reader, encodings: store.sources.encodings))
    let stage = DuplicateStage(
      configuration: configuration, scheme: scheme, store: store, texts: texts, plan: plan,
      folder: scratch.path)
    var kinds = DocumentKinds(store)
    let repeatedIDs = RepeatedIDs(stage.groups, kinds.named, sources: names)
    try stopIfStrict(
      ProblemList(found: [], store: store, repeatedIDs: repeatedIDs), sources: names)
    let representatives = stage.exactGroups(&kinds)
    let duplicates = try stage.run(representatives, kinds, &clock, progress)
    summary.verification = duplicates.counts
    summary.survivorLimitHits = duplicates.survivorLimitHits

    let verdicts = duplicates.verdicts
    var passages = FoundPassages()
    if configuration.find != .documents {
      let order = KeepOrder(
        documentCount: store.documentCount, comesFirst: kinds.comesFirst
      ) { kinds.signed.contains($0) && !verdicts.isDropped(Int($0)) }
      progress.begin(.passages, total: order.documents.count)
      passages = try PassageStage(
        configuration: configuration, store: store, order: order, texts: texts,
        survivors: verdicts.survivorSet, plan: plan
      ).run(onProgress: progress.complete)
      try store.check()
      clock.end("passages")
    }

    progress.begin(.writing, total: store.documentCount)
    let problems = ProblemList(
      found: corpus.problems, store: store, repeatedIDs: repeatedIDs,
      incomplete: passages.incomplete, later: texts.problems)
    try stopIfStrict(problems, sources: names)
    let results = ResultsStage(
      configuration: configuration, store: store, verdicts: verdicts, pairs: duplicates.pairs,
      passages: passages, problems: problems,
      sources: names, sourceEnds: corpus.sources.map(\.byteCount))
    try results.run(into: folder, &summary, onProgress: progress.complete)
    summary.sourceCount = corpus.sources.count
    summary.leftOut = corpus.leftOut
    summary.canBeCleaned = !corpus.sources.contains(where: \.isPipe)
    summary.bytes.stored = corpus.sources.reduce(0) { $0 + Int(clamping: $1.byteCount) }
    clock.end("write")
    summary.stages = clock.stages
    let file = Summary(summary, configuration, sources: corpus.sources, facts: store.sources)
    summary.warnings += try control.commit { () throws(CorpusError) in
      folder.leftovers + (try folder.commit(file))
    }.map(\.description)
    return summary
  }

  /// Ends a strict run if there is a problem; what it left is of no use to another run.
  private func stopIfStrict(
    _ problems: ProblemList, sources: SourceNames
  ) throws(CorpusError) {
    guard configuration.isStrict else { return }
    try problems.list(DocumentNames(problems.store, sources: sources)) {
      problem throws(CorpusError) in
      control.giveUpResuming()
      throw .stopped(by: problem)
    }
  }
}
