internal import Reprise

extension OptionFields {
  private enum Tokens: String, CaseIterable { case words, symbols }
  private enum Case: String, CaseIterable { case fold, keep }

  /// Reads the name of a set of options, which the other options replace one by one.
  mutating func preset() throws(CallError) -> Preset? { try choice("preset", Preset.self) }

  /// Reads the options that define tokens.
  ///
  /// - Parameter preset: the rules for which no option is given.
  /// - Returns: the rules.
  /// - Throws: an error for a value that is not possible.
  mutating func tokenRules(_ preset: TokenRules) throws(CallError) -> TokenRules {
    var rules = preset
    if let names = try texts("fold") {
      rules.folding = []
      for name in names {
        guard let form = Folding(name: name) else {
          throw .option(
            "The option \"fold\" has \"accents\", \"compatibility\" or \"hyphens\", not \"\(name)\"."
          )
        }
        rules.folding.formUnion(form)
      }
    }
    if let value = try choice("tokens", Tokens.self) { rules.countsSymbols = value == .symbols }
    if let value = try choice("case", Case.self) { rules.countsCase = value == .keep }
    return rules
  }

  /// Reads the options that define signatures and bands.
  mutating func signing() throws(CallError) -> MatchingOptions {
    var options = MatchingOptions(preset: try preset())
    options.tokens = try tokenRules(options.tokens)
    if let value = try number("threshold") { options.threshold = value }
    if let value = try number("recall") { options.recall = value }
    if let value = try integer("ngram") { options.shingleLength = value }
    if let value = try integer("slots") { options.slotCount = value }
    if let value = try choice("signature", SignatureMethod.self) { options.signatureMethod = value }
    return options
  }

  /// Reads the options that define duplicates and passages.
  mutating func matching() throws(CallError) -> MatchingOptions {
    var options = try signing()
    if let value = try choice("find", FindScope.self) { options.find = value }
    if let value = try choice("verify", VerificationMethod.self) { options.verification = value }
    if let value = try integer("min-passage") { options.minimumPassage = value }
    if let value = try number("min-identity") { options.minimumIdentity = value }
    if let names = try texts("keep") { options.keep = try Self.keepPolicy(names) }
    options.cuts = try cutRules(options.cuts)
    if let value = try integer("boilerplate") { options.boilerplateLimit = value }
    return options
  }

  private static func keepPolicy(_ names: [String]) throws(CallError) -> KeepPolicy {
    var policies: [KeepPolicy] = []
    for name in names {
      guard let policy = KeepPolicy(name) else {
        throw .option(
          "The option \"keep\" is \"first\", \"longest\", \"newest:COLUMN\" or \"highest:COLUMN\", "
            + "not \"\(name)\".")
      }
      policies.append(policy)
    }
    guard !policies.dropLast().contains(.first) else {
      throw .option("\"first\" decides all, so it must be the last keep policy.")
    }
    return KeepPolicy(policies.flatMap(\.keys))
  }

  private mutating func cutRules(_ preset: CutRules) throws(CallError) -> CutRules {
    var rules = preset
    if let value = try choice("cut", CutRules.Mode.self) { rules.mode = value }
    if let value = try choice("cut-at", CutRules.Ends.self) { rules.ends = value }
    if let value = try flag("cut-repeats") { rules.cutsRepeats = value }
    if let value = try flag("cut-markup") { rules.cutsMarkup = value }
    if let value = try integer("min-left") { rules.minimumLeft = value }
    if let value = try number("contained") { rules.contained = value }
    if let value = try choice("boilerplate-action", CutRules.BoilerplateAction.self) {
      rules.boilerplate = value
    }
    return rules
  }

  /// Reads all options of a scan of files.
  mutating func fileScan() throws(CallError) -> ScanOptions {
    var options = ScanOptions(paths: try paths("paths") ?? [], preset: try preset())
    options.matching = try matching()
    options.input.references = try paths("against") ?? []
    options.input.ignoredTexts = try paths("ignore-text") ?? []
    try readInput(&options.input)
    if let value = try integer("threads") { options.resources.threads = value }
    options.resources.memory = try integer("memory")
    options.resources.scratch = try path("scratch")
    options.resources.resumes = try flag("resume") ?? false
    options.resources.checksDisk = try !(flag("no-disk-check") ?? false)
    options.output.isStrict = try flag("strict") ?? false
    guard let output = try path("output") else {
      throw .option("The option \"output\" must name the results folder.")
    }
    options.output.folder = output
    return options
  }

  private mutating func readInput(_ input: inout InputOptions) throws(CallError) {
    if let value = try texts("include") { input.selection.include = value }
    input.selection.exclude = try texts("exclude") ?? []
    input.selection.includesHidden = try flag("hidden") ?? false
    if let value = try flag("gitignore") { input.selection.readsIgnoreFiles = value }
    input.selection.format = try choice("format", RecordFormat.self)
    if let value = try text("split-after") { input.articles = .after(value) }
    if let value = try text("split-before") {
      guard input.articles == nil else {
        throw .option("\"split-after\" and \"split-before\" cannot be used together.")
      }
      input.articles = .before(value)
    }
    if let value = try text("encoding") { input.encoding = value }
    if let value = try text("delimiter") {
      let bytes = value == "tab" ? [0x09] : Array(value.utf8)
      guard bytes.count == 1 else {
        throw .option("The option \"delimiter\" must be one ASCII character, or \"tab\".")
      }
      input.delimiter = bytes[0]
    }
    if let value = try integer("max-document") { input.maximumDocumentByteCount = value }
    if let value = try texts("text-field") { input.textFields = value }
    if let value = try text("id-field") { input.idField = value }
    input.requiresUniqueIDs = try flag("unique-ids") ?? false
  }
}
