internal import RepriseCore
internal import RepriseCorpus

extension ScanConfiguration {
  /// Finds the files that the paths stand for; the results folder is none of them.
  /// - Throws: a path that does not exist, a glob that is none, two files of one output name.
  func discover() throws(CorpusError) -> DiscoveredFiles {
    var options = DiscoveryOptions()
    options.include = try Self.patterns(selection.include)
    options.exclude = try Self.patterns(selection.exclude)
    options.includesHidden = selection.includesHidden
    options.format = selection.format
    options.excludedFolders = [FilePath(output), scratchFolder.path]
    return try Discovery.find(paths.map { FilePath($0) }, options: options)
  }

  /// Where the run keeps what it may go on from.
  var scratchFolder: ScratchFolder {
    scratch.map { ScratchFolder(FilePath($0)) } ?? ScratchFolder(beside: FilePath(output))
  }

  /// Makes the scratch folder and begins the signature file in it, or goes on with the one of a run
  /// that was stopped.
  ///
  /// - Throws: `otherRun` if that was another run; `cannotWrite`.
  func beginSketching(
    _ found: DiscoveredFiles, _ scheme: Scheme, in scratch: ScratchFolder, _ control: RunControl
  ) throws(CorpusError) -> SketchLog {
    try scratch.create()
    try checkDisk(found.sources, scheme, scratch)
    let description = RunDescription(self, scheme, found)
    let log =
      resumes
      ? try SketchLog.resume(scratch.signatures, description)
      : try SketchLog.begin(scratch.signatures, description)
    control.begin(scratch: scratch, isResumable: !found.sources.contains(where: \.isPipe))
    return log
  }

  /// Refuses a run for which the disk has no room; what a run that was stopped has written counts as
  /// room.
  private func checkDisk(
    _ sources: [SourceFile], _ scheme: Scheme, _ scratch: ScratchFolder
  ) throws(CorpusError) {
    let estimate = DiskEstimate(sources, self, scheme)
    onDiskEstimate(estimate.scratch, estimate.results)
    guard let free = scratch.freeByteCount else { return }
    guard estimate.scratch > free + scratch.signatureByteCount else { return }
    throw CorpusError.noRoom(
      scratch.path,
      "about \(estimate.scratch >> 20) MiB are needed here for a time, and \(free >> 20) MiB are free"
    )
  }

  private static func patterns(_ globs: [String]) throws(CorpusError) -> [GlobPattern] {
    var patterns: [GlobPattern] = []
    for glob in globs { patterns.append(try GlobPattern(glob)) }
    return patterns
  }

  /// How the files are cut into records.
  /// - Throws: what is wrong with the regular expression.
  func readingOptions(scratch: FilePath) throws(CorpusError) -> ReadingOptions {
    var options = ReadingOptions()
    options.temporaryFolder = scratch
    options.chunkByteCount = chunkByteCount
    options.encoding = try TextEncoding(named: encoding)
    options.maximumRecordByteCount = min(
      maximumDocumentByteCount, folding.isEmpty ? .max : Folding.maximumByteCount)
    switch articles {
    case .after(let expression):
      options.articleRule = try ArticleRule(cut: .after, expression: expression)
    case .before(let expression):
      options.articleRule = try ArticleRule(cut: .before, expression: expression)
    case nil: break
    }
    return options
  }
}
