internal import RepriseCore
internal import RepriseEngine
internal import RepriseFormats

extension CheckedOptions {
  /// Finds the input files, except those that the run itself writes.
  /// - Returns: the files, and the numbers of entries that were left out.
  /// - Throws: an error for a path that does not exist, an invalid glob, or two files with one
  ///   output name.
  func discover(_ cancellation: Cancellation) throws(CorpusError) -> DiscoveredFiles {
    var options = DiscoveryOptions()
    options.include = try Self.patterns(input.selection.include)
    options.exclude = try Self.patterns(input.selection.exclude)
    options.includesHidden = input.selection.includesHidden
    options.readsIgnoreFiles = input.selection.readsIgnoreFiles
    options.format = input.selection.format
    options.cancellation = cancellation
    options.ownEntries = [output.folder, scratchFolder.path]
    var found = try Discovery.find(
      input.paths, lists: lists, references: references.paths, options: options)
    found.recognizeCompressions(threads: resources.threads, cancellation)
    try cancellation.check()
    return found
  }

  /// The scratch folder, which holds everything that a resumed run needs.
  var scratchFolder: ScratchFolder {
    resources.scratch.map { ScratchFolder(in: $0) } ?? ScratchFolder(beside: output.folder)
  }

  /// Checks the output, the scratch folder and the inputs before anything is created.
  ///
  /// An output inside an input folder is allowed.
  ///
  /// - Throws: `invalidOutput` if two of them conflict.
  func checkPlaces() throws(CorpusError) {
    let scratch = scratchFolder
    try scratch.check()
    let places = try SeparatePlaces(output: output.folder)
    try places.check(scratch: scratch)
    try places.check(
      inputs: paths + input.pathLists + input.signatures + input.references, scratch: scratch)
  }

  /// Claims the scratch folder and begins the signature file in it, or continues the file of a run
  /// that was stopped.
  ///
  /// - Throws: `otherRun` if the stopped run was different or a pipe is read; `cannotWrite`;
  ///   `stopped`.
  func beginSketching(
    _ found: DiscoveredFiles, in scratch: ScratchFolder, _ control: RunControl
  ) throws(CorpusError) -> (scratch: ClaimedScratch, log: SketchLog) {
    let pipe = found.inputs.first(where: \.isPipe)
    let isResumable = pipe == nil
    if resources.resumes, let pipe {
      throw .unusableSignatures(
        pipe.path, "a pipe cannot be read again, so its run cannot be continued", reason: .otherRun)
    }
    let description = RunDescription(self, found)
    let claimed = try control.begin(isResumable: isResumable) { () throws(CorpusError) in
      try scratch.claim()
    }
    guard resources.resumes else {
      return try (
        claimed,
        control.write { () throws(CorpusError) in try SketchLog.begin(claimed, description) }
      )
    }
    // Checking an existing file can take long, so it happens without the lock.
    return (claimed, try SketchLog.resume(claimed, description))
  }

  /// Estimates the disk space that the run needs, and refuses the run if there is less.
  ///
  /// Nothing is refused if the check is turned off. What a stopped run has written counts as free.
  func checkDisk(
    _ inputs: [InputFile], _ scratch: ScratchFolder
  ) throws(CorpusError) -> RunProgress.DiskSpace {
    let estimate = DiskEstimate(inputs, self)
    let space = RunProgress.DiskSpace(scratch: estimate.scratch, results: estimate.results)
    guard resources.checksDisk else { return space }
    let shared = scratch.isOnDisk(of: output.folder)
    let needed = estimate.scratch + (shared ? estimate.results : 0)
    try Self.checkRoom(needed, scratch.freeByteCount + scratch.signatureByteCount, scratch.path)
    guard !shared else { return space }
    try Self.checkRoom(
      estimate.results, ScratchFolder.freeByteCount(at: output.folder), output.folder)
    return space
  }

  /// Refuses to sign files if the disk has less room than the signatures need, unless the check is
  /// turned off.
  ///
  /// - Throws: `noRoom`.
  func checkDisk(
    signing inputs: [InputFile], in scratch: ScratchFolder
  ) throws(CorpusError) {
    guard resources.checksDisk else { return }
    try Self.checkRoom(
      DiskEstimate(inputs, self).signatures,
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
  var cachedByteCount: Int {
    matching.find == .documents && matching.verification == .signature ? 0 : 256 << 20
  }

  /// The fields of JSON Lines records that are read.
  var documentFields: DocumentFields {
    DocumentFields(text: input.textFields, id: input.idField, order: matching.keep.fields)
  }

  /// The names of the text fields in results and signature files.
  var textFieldNames: JSONTree { Self.oneOrMore(input.textFields) }

  /// The delimiter of tables in results and signature files; null if each header decides.
  var delimiterName: JSONTree {
    input.delimiter.map { .string(String(Unicode.Scalar($0))) } ?? .null
  }

  /// The keys of the keep order in results and signature files.
  var keepKeys: JSONTree { Self.oneOrMore(matching.keep.descriptions) }

  /// Returns a string, or an array of several.
  private static func oneOrMore(_ names: [String]) -> JSONTree {
    names.count == 1 ? .string(names[0]) : .array(names.map { .string($0) })
  }

  /// The options that define how files are split into records.
  /// - Throws: an error for an invalid regular expression.
  func readingOptions(scratch: BytePath) throws(CorpusError) -> ReadingOptions {
    var options = ReadingOptions()
    options.temporaryFolder = scratch
    options.chunkByteCount = hooks.chunkByteCount
    options.detectsEncodings = input.detectsEncodings
    options.encoding =
      input.detectsEncodings ? .utf8 : try TextEncoding(named: input.encoding)
    options.detectsFormats = input.selection.format == nil
    options.textFields = input.textFields
    options.otherFields = [input.idField] + matching.keep.fields
    options.delimiter = input.delimiter
    options.maximumRecordByteCount = min(
      input.maximumDocumentByteCount, matching.scheme.tokens.maximumByteCount)
    switch input.articles {
    case .after(let expression):
      options.articleRule = try ArticleRule(cut: .after, expression: expression)
    case .before(let expression):
      options.articleRule = try ArticleRule(cut: .before, expression: expression)
    case nil: break
    }
    return options
  }
}
