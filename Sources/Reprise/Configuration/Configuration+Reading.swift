internal import RepriseCore
internal import RepriseFormats

extension ScanConfiguration {
  /// Finds the input files, except those that the run itself writes.
  /// - Returns: the files, and the numbers of entries that were left out.
  /// - Throws: an error for a path that does not exist, an invalid glob, or two files with one
  ///   output name.
  func discover() throws(CorpusError) -> DiscoveredFiles {
    var options = DiscoveryOptions()
    options.include = try Self.patterns(selection.include)
    options.exclude = try Self.patterns(selection.exclude)
    options.includesHidden = selection.includesHidden
    options.format = selection.format
    options.ownEntries = [output, scratchFolder.path]
    return try Discovery.find(paths, options: options)
  }

  /// The scratch folder, which holds everything that a resumed run needs.
  var scratchFolder: ScratchFolder {
    scratch.map { ScratchFolder(in: $0) } ?? ScratchFolder(beside: output)
  }

  /// Checks the output, the scratch folder and the inputs before anything is created.
  ///
  /// An output inside an input folder is allowed.
  ///
  /// - Throws: `invalidOutput` if two of them conflict.
  func checkPlaces() throws(CorpusError) {
    let scratch = scratchFolder
    try scratch.check()
    let places = try SeparatePlaces(output: output)
    try places.check(scratch: scratch)
    try places.check(inputs: paths + signatures, scratch: scratch)
  }

  /// Claims the scratch folder and begins the signature file in it, or continues the file of a run
  /// that was stopped.
  ///
  /// - Throws: `otherRun` if the stopped run was different or a pipe is read; `cannotWrite`;
  ///   `stopped`.
  func beginSketching(
    _ found: DiscoveredFiles, _ scheme: Scheme, in scratch: ScratchFolder, _ control: RunControl
  ) throws(CorpusError) -> (scratch: ClaimedScratch, log: SketchLog) {
    let pipe = found.inputs.first(where: \.isPipe)
    let isResumable = pipe == nil
    if resumes, let pipe {
      throw .unusableSignatures(
        pipe.path, "a pipe cannot be read again, so its run cannot be continued", reason: .otherRun)
    }
    let description = RunDescription(self, scheme, found)
    let claimed = try control.begin(isResumable: isResumable) { () throws(CorpusError) in
      try scratch.claim()
    }
    guard resumes else {
      return try (
        claimed,
        control.write { () throws(CorpusError) in try SketchLog.begin(claimed, description) }
      )
    }
    // Checking an existing file can take long, so it happens without the lock.
    return (claimed, try SketchLog.resume(claimed, description))
  }

  /// Reports how much of the disk the run needs, and refuses it if there is less.
  ///
  /// Nothing is refused if the check is turned off. What a stopped run has written counts as free.
  func checkDisk(
    _ inputs: [InputFile], _ scheme: Scheme, _ scratch: ScratchFolder
  ) throws(CorpusError) {
    let estimate = DiskEstimate(inputs, self, scheme)
    onDiskEstimate(estimate.scratch, estimate.results)
    guard checksDisk else { return }
    let shared = scratch.isOnDisk(of: output)
    let needed = estimate.scratch + (shared ? estimate.results : 0)
    try Self.checkRoom(needed, scratch.freeByteCount + scratch.signatureByteCount, scratch.path)
    guard !shared else { return }
    try Self.checkRoom(estimate.results, ScratchFolder.freeByteCount(at: output), output)
  }

  /// Refuses to sign files if the disk has less room than the signatures need, unless the check is
  /// turned off.
  ///
  /// - Throws: `noRoom`.
  func checkDisk(
    signing inputs: [InputFile], _ scheme: Scheme, in scratch: ScratchFolder
  ) throws(CorpusError) {
    guard checksDisk else { return }
    try Self.checkRoom(
      DiskEstimate(inputs, self, scheme).signatures,
      scratch.freeByteCount + scratch.signatureByteCount, scratch.path)
  }

  private static func checkRoom(
    _ needed: Int, _ free: Int, _ place: BytePath
  ) throws(CorpusError) {
    guard needed > free else { return }
    throw CorpusError.noRoom(
      place, "about \(needed >> 20) MiB needed on this disk, \(free >> 20) MiB free")
  }

  private static func patterns(_ globs: [String]) throws(CorpusError) -> [GlobPattern] {
    var patterns: [GlobPattern] = []
    for glob in globs { patterns.append(try GlobPattern(glob)) }
    return patterns
  }

  /// The size limit of the cache of decoded content in bytes; 0 if documents are never read again.
  var cachedByteCount: Int { find == .documents && verification == .signature ? 0 : 256 << 20 }

  /// The options that define how files are split into records.
  /// - Throws: an error for an invalid regular expression.
  func readingOptions(scratch: BytePath) throws(CorpusError) -> ReadingOptions {
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
