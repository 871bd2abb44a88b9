internal import RepriseCore
internal import RepriseCorpus

/// Finds the duplicates of a corpus and writes the results folder.
///
/// The stages follow one another: sketch every document, group equal ones, find candidates by their
/// bands, verify them, choose survivors, write. What is dropped was verified against a document that
/// is kept, by its exact similarity unless the configuration says otherwise.
public struct Scan: Sendable {
  private let configuration: ScanConfiguration

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
      throw RepriseError(error)
    }
  }

  private func run(
    _ scheme: Scheme, _ onProgress: @escaping @Sendable (ScanProgress) -> Void
  ) throws(CorpusError) -> ScanSummary {
    var clock = StageClock()
    var summary = ScanSummary(output: configuration.output, scheme: scheme)
    let folder = try ResultsFolder(creating: FilePath(configuration.output))
    let found = try configuration.discover()
    var problems = ProblemList(isStrict: configuration.isStrict)
    try problems.append(found.problems.map { Problem($0) })
    let reader = CorpusReader(
      sources: found.sources, options: try configuration.readingOptions(scratch: folder.scratch))
    let labels = try LabelStore(in: folder.scratch)
    let digest: SignatureDigest = configuration.verification == .exact ? .bit : .byte
    let progress = ProgressRelay(found.sources, onProgress)

    var chunks = try SketchStage(
      configuration: configuration, scheme: scheme, digest: digest, reader: reader, labels: labels
    ).run(onProgress: progress.read)
    try problems.append(chunks)
    let table = DocumentTable(&chunks, sources: found.sources)
    summary.blankLineCount = chunks.reduce(0) { $0 + $1.blankLineCount }
    clock.end("sketch")

    progress.begin(.matching, total: table.documents.count)
    let findsDocuments = configuration.find != .passages
    let groups = ExactGroups(
      count: table.documents.count, comesFirst: table.comesFirst
    ) { document in
      let record = table.documents[Int(document)]
      return record.isUnreadable || !findsDocuments ? nil : record.identity
    }
    let names = DocumentNames(table, try labels.finish(), found.sources)
    try problems.appendRepeatedIDs(table, names)
    let buckets = BucketStage(
      chunks: chunks, table: table, representatives: groups.representatives
    ).run(
      bandCount: findsDocuments ? scheme.bands.bandCount : 0, threads: configuration.threads)
    let fingerprints = zip(chunks, table.chunks).map { ($0.fingerprints, $1.firstDocument) }
    chunks = []
    let components = CandidateComponents(bands: buckets, documentCount: table.documents.count)
    clock.end("match")

    progress.begin(.verifying, total: components.documentCount)
    let texts = DocumentTexts(
      configuration, sources: found.sources, table: table, fetcher: RecordFetcher(reader))
    if configuration.verification == .exact {
      texts.spool((0..<components.count).lazy.flatMap { components.documents(of: $0) })
    }
    let verified = VerificationStage(
      configuration: configuration, components: components,
      screen: SignatureScreen(
        digest: digest, words: table.digests, slotCount: scheme.slotCount,
        threshold: configuration.threshold),
      table: table, texts: texts
    ).run(onProgress: progress.complete)
    summary.verification = verified.counts
    summary.survivorLimitHits = verified.outcomes.reduce(0) { $0 + $1.survivorLimitHits }
    clock.end("verify")

    let verdicts = Verdicts(
      representatives: groups.representatives, outcomes: verified.outcomes)
    var passages = FoundPassages()
    if configuration.find != .documents {
      let order = KeepOrder(table) { document in
        table.documents[document].identity.tokenCount > 0 && !verdicts.isDropped(document)
      }
      progress.begin(.passages, total: order.documents.count)
      passages = PassageStage(
        configuration: configuration, fingerprints: fingerprints, order: order, texts: texts,
        isSurvivor: verdicts.isSurvivor
      ).run(onProgress: progress.complete)
      clock.end("passages")
    }
    try problems.append(texts.problems)

    progress.begin(.writing, total: table.documents.count)
    try ResultsStage(
      configuration: configuration, table: table, verdicts: verdicts, outcomes: verified.outcomes,
      passages: passages, problems: problems.all, names: names
    ).run(into: folder, &summary, onProgress: progress.complete)
    summary.sourceCount = found.sources.count
    summary.canBeCleaned = !found.sources.contains(where: \.isPipe)
    summary.bytes.stored = found.sources.reduce(0) { $0 + Int(clamping: $1.byteCount) }
    clock.end("write")
    summary.stages = clock.stages
    try folder.commit(
      Summary(summary, configuration, sources: found.sources, reader: reader))
    return summary
  }
}
