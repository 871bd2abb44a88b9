internal import ArgumentParser
internal import Logging
internal import Reprise

extension ScanCommand {
  func validate() throws {
    if output.bytes.isEmpty { throw ValidationError("--output needs the name of a folder.") }
    if path.isEmpty && input.filesFrom.isEmpty {
      throw ValidationError("Missing expected argument '<path> ...'")
    }
    if (path + references).contains("") { throw ValidationError("A path is empty.") }
    if (path + references + input.filesFrom).count(where: { $0 == "-" }) > 1 {
      throw ValidationError("Standard input (-) can be read only once.")
    }
    if signatures && !input.filesFrom.isEmpty {
      throw ValidationError("--signatures and --files-from cannot be used together.")
    }
  }

  /// Returns the options of the library.
  ///
  /// The library checks the ranges of numbers.
  func options() throws -> ScanOptions {
    var options = ScanOptions(paths: signatures ? [] : path, preset: presets.preset)
    if signatures { options.input.signatures = path }
    options.input.references = references
    options.input.take(input)
    options.matching = matching.options
    options.matching.cuts = cuts.rules
    options.matching.boilerplateLimit = cuts.boilerplate
    options.matching.minimumIdentity = identity.minimumIdentity
    options.input.ignoredTexts = cuts.ignoredTexts
    options.resources.take(running)
    options.resources.memory = scanRunning.memory
    options.resources.scratch = scanRunning.scratch
    options.output.isStrict = scanRunning.strict
    options.output.writesTables = scanRunning.resultsFormat == .parquet
    options.output.folder = output
    return options
  }
}

extension InputOptions {
  /// The defaults of the command: those of the library, and of the preset that was given.
  static var defaults: InputOptions { InputOptions(paths: [], preset: PresetArguments.given) }

  mutating func take(_ arguments: InputArguments) {
    pathLists = arguments.filesFrom
    if !arguments.included.isEmpty { selection.include = arguments.included }
    selection.exclude = arguments.excluded
    selection.includesHidden = arguments.includesHidden
    selection.readsIgnoreFiles = arguments.gitignore
    selection.format = arguments.format
    articles = arguments.articleSplit
    encoding = arguments.encoding
    maximumDocumentByteCount = arguments.maximumDocument
    if !arguments.textFields.isEmpty { textFields = arguments.textFields }
    idField = arguments.idField
    delimiter = arguments.delimiter
    requiresUniqueIDs = arguments.uniqueIds
  }
}

extension MatchingOptions {
  /// The defaults of the command: those of the library, and of the preset that was given.
  static var defaults: MatchingOptions { MatchingOptions(preset: PresetArguments.given) }
}

extension MatchingArguments {
  /// The options of the library.
  var options: MatchingOptions {
    var options = MatchingOptions.defaults
    options.find = find
    options.minimumPassage = minimumPassage
    options.threshold = threshold
    options.recall = recall
    options.shingleLength = ngram
    options.tokens = tokens.rules
    options.slotCount = slots
    options.signatureMethod = signature
    options.verification = verify
    if !keep.isEmpty { options.keep = KeepPolicy(keep.flatMap(\.keys)) }
    return options
  }
}

extension ResourceOptions {
  mutating func take(_ arguments: RunningArguments) {
    if let threads = arguments.threads { self.threads = threads }
    resumes = arguments.resume
    checksDisk = !arguments.skipsDiskCheck
  }
}

extension Logger {
  /// A run that needs at least this many bytes of disk space reports it without `--verbose`.
  private static let noticedByteCount = 1 << 30

  /// Logs the disk space that a run needs.
  func log(_ space: RunProgress.DiskSpace, _ resources: ResourceOptions) {
    let place = resources.scratch.map { "in \($0)" } ?? "next to the results"
    log(
      level: space.scratch + space.results >= Self.noticedByteCount ? .notice : .debug,
      """
      needs about \(Numbers.bytes(space.scratch)) of temporary disk space \(place), and \
      \(Numbers.bytes(space.results)) for the results
      """)
  }

  /// Logs the settings of a run.
  func log(
    _ input: InputOptions, _ matching: MatchingOptions, _ resources: ResourceOptions,
    writing output: BytePath
  ) {
    let lists = input.pathLists.map { "the paths in \($0)" }
    let inputs = ((input.paths + input.signatures).map(\.description) + lists).joined(
      separator: ", ")
    debug("reading \(inputs), writing \(output)")
    debug(
      """
      \(matching.shingleLength)-word shingles, \(matching.slotCount) slots by \
      \(matching.signatureMethod.rawValue), threshold \(matching.threshold), recall \
      \(matching.recall), \(matching.verification.rawValue) verification, keep \
      \(matching.keep.descriptions.joined(separator: ", "))
      """)
    debug(
      "finding \(matching.find.rawValue), passages of at least \(matching.minimumPassage) words")
    debug("\(resources.threads) threads, \(InstructionSet.best.rawValue) instructions")
  }
}
