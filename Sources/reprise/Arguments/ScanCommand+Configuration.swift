internal import ArgumentParser
internal import Logging
internal import Reprise

extension ScanCommand {
  func validate() throws {
    if output.bytes.isEmpty { throw ValidationError("--output needs the name of a folder.") }
    if path.isEmpty { throw ValidationError("Missing expected argument '<path> ...'") }
    if path.contains("") { throw ValidationError("A path is empty.") }
    if path.count(where: { $0 == "-" }) > 1 {
      throw ValidationError("Standard input (-) can be read only once.")
    }
  }

  /// Creates the library's configuration from the options.
  ///
  /// The library checks the ranges of numbers.
  func configuration() throws -> ScanConfiguration {
    var configuration = ScanConfiguration(paths: signatures ? [] : path)
    if signatures { configuration.signatures = path }
    configuration.take(input)
    configuration.take(matching)
    configuration.take(running)
    configuration.memory = scanRunning.memory
    configuration.scratch = scanRunning.scratch
    configuration.isStrict = scanRunning.strict
    configuration.output = output
    return configuration
  }
}

extension ScanConfiguration {
  mutating func take(_ input: InputOptions) {
    selection.include = input.included
    selection.exclude = input.excluded
    selection.includesHidden = input.includesHidden
    selection.format = input.format
    articles = input.articleSplit
    encoding = input.encoding
    maximumDocumentByteCount = input.maximumDocument
    textField = input.textField
    idField = input.idField
  }

  mutating func take(_ matching: MatchingOptions) {
    find = matching.find
    minimumPassage = matching.minimumPassage
    threshold = matching.threshold
    recall = matching.recall
    shingleLength = matching.ngram
    folding = FoldedForm.folding(matching.fold)
    slotCount = matching.slots
    signatureMethod = matching.signature
    verification = matching.verify
    keep = matching.keep
  }

  mutating func take(_ running: RunningOptions) {
    threads = running.threads ?? Workers.availableCores
    resumes = running.resume
    checksDisk = !running.skipsDiskCheck
  }

  /// Logs the disk space that the run needs, once it is known.
  mutating func logDiskEstimate(to logger: Logger) {
    let place = scratch.map { "in \($0)" } ?? "next to the results"
    onDiskEstimate = { scratch, results in
      logger.log(
        level: scratch + results >= Self.noticedByteCount ? .notice : .debug,
        """
        needs about \(Numbers.bytes(scratch)) of temporary disk space \(place), and \
        \(Numbers.bytes(results)) for the results
        """)
    }
  }

  /// A run that needs at least this many bytes of disk space reports it without `--verbose`.
  private static let noticedByteCount = 1 << 30

  /// Logs the settings of the run.
  func log(to logger: Logger) {
    let inputs = (paths + signatures).map(\.description).joined(separator: ", ")
    logger.debug("reading \(inputs), writing \(output)")
    logger.debug(
      """
      \(shingleLength)-word shingles, \(slotCount) slots by \(signatureMethod.rawValue), \
      threshold \(threshold), recall \(recall), \(verification.rawValue) verification, \
      keep \(keep.description)
      """)
    logger.debug("finding \(find.rawValue), passages of at least \(minimumPassage) words")
    logger.debug("\(threads) threads, \(InstructionSet.best.rawValue) instructions")
  }
}
