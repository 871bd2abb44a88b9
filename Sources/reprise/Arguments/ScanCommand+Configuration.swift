internal import ArgumentParser
internal import Logging
internal import Reprise

extension ScanCommand {
  func validate() throws {
    if output.isEmpty { throw ValidationError("--output needs the name of a folder.") }
    if path.contains("") { throw ValidationError("A path is empty.") }
    if path.count(where: { $0 == "-" }) > 1 {
      throw ValidationError("Standard input (-) can be read once only.")
    }
  }

  /// The library's configuration for what was typed.
  ///
  /// The library checks the ranges of numbers.
  func configuration() throws -> ScanConfiguration {
    var configuration = ScanConfiguration(paths: path)
    configuration.selection.include = input.included
    configuration.selection.exclude = input.excluded
    configuration.selection.includesHidden = input.includesHidden
    configuration.selection.format = input.format
    configuration.articles = input.articleSplit
    configuration.encoding = input.encoding
    configuration.maximumDocumentByteCount = input.maximumDocument
    configuration.textField = input.textField
    configuration.idField = input.idField
    configuration.find = matching.find
    configuration.minimumPassage = matching.minimumPassage
    configuration.threshold = matching.threshold
    configuration.recall = matching.recall
    configuration.shingleLength = matching.ngram
    configuration.folding = FoldedForm.folding(matching.fold)
    configuration.slotCount = matching.slots
    configuration.signatureMethod = matching.signature
    configuration.verification = matching.verify
    configuration.keep = matching.keep
    configuration.threads = running.threads ?? Workers.availableCores
    configuration.isStrict = running.strict
    configuration.output = output
    return configuration
  }
}

extension ScanConfiguration {
  /// Says what is going to be done.
  func log(to logger: Logger) {
    logger.debug("scanning \(paths.joined(separator: ", ")) into \(output)")
    logger.debug(
      """
      \(shingleLength)-word shingles, \(slotCount) slots by \(signatureMethod.rawValue), \
      threshold \(threshold), recall \(recall), \(verification.rawValue) verification, \
      keep \(keep.description)
      """)
    logger.debug("finding \(find.rawValue), passages from \(minimumPassage) words on")
    logger.debug("\(threads) threads, \(InstructionSet.best.rawValue) instructions")
  }
}
