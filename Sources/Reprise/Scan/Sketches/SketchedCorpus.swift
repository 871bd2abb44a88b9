internal import RepriseCore
internal import RepriseEngine
internal import RepriseFormats

/// A corpus whose documents have all been sketched, by this run or by earlier ones.
struct SketchedCorpus {
  let source: FileSource
  let store: SketchStore
  /// The facts about the inputs that the chunks contain.
  let facts: SourceFacts
  /// The problems with folder entries.
  let problems: [Problem]
  /// How many folder entries are not in the corpus, by kind.
  let leftOut: LeftOutEntries

  /// The files: those of reference documents, then the others.
  var inputs: [InputFile] { source.inputs }

  /// For each input, whether its name says that its texts must not be cut inside.
  ///
  /// The name of a file of records says nothing of their texts.
  var structuredInputs: [Bool] {
    zip(inputs, facts.formats).map { $1 == .text && StructuredText.isNamed($0.path.text) }
  }

  /// Sketches files, without the chunks that a stopped run finished, and combines them with shards
  /// that were signed separately.
  ///
  /// - Parameters:
  ///   - found: the files to sketch.
  ///   - log: the file for the sketches, which also has those of finished chunks; nil if no files
  ///     are sketched.
  ///   - options: the parameters of the run, which name the shards.
  ///   - reading: the options for reading the files.
  ///   - monitor: reports the progress.
  /// - Throws: errors of writing the sketches; `invalidSignatures` for a damaged shard,
  ///   `otherParameters`; `changed` or `cannotOpen` for an input that differs from the signed one.
  init(
    sketching found: DiscoveredFiles, to log: SketchLog?, _ options: CheckedOptions,
    reading: ReadingOptions, _ monitor: RunMonitor
  ) throws(CorpusError) {
    var references = Shards()
    for path in options.references.signatures { try references.add(path, options, reading) }
    try references.end()
    for index in references.inputs.indices { references.inputs[index].isReference = true }
    var shards = Shards()
    for path in options.input.signatures { try shards.add(path, options, reading) }
    try shards.end()
    let isNamed = references.contents.isEmpty && log == nil
    let signed = isNamed ? try Discovery.named(shards.inputs) : shards.inputs
    let inputs = references.inputs + found.inputs + signed
    // With no other inputs the same source reads them again, with what it decoded before.
    let isWhole = inputs.count == found.inputs.count
    let sketched = FileSource(
      inputs: found.inputs, options: reading, fields: options.documentFields,
      finished: log?.finished ?? FinishedChunks())
    source =
      isWhole
      ? sketched
      : FileSource(inputs: inputs, options: reading, fields: options.documentFields)
    var contents = references.contents
    if let log {
      let blocks = try SketchStage(
        options: options.engine, source: sketched, sink: log, monitor: monitor
      ).run()
      contents.append((log.file, log.blocks + blocks, references.inputs.count))
    }
    contents += shards.contents.map {
      ($0.file, $0.blocks, $0.firstInput + references.inputs.count + found.inputs.count)
    }
    let sketches = try StoredSketches(
      contents, of: inputs, encoding: reading.encoding, limit: options.hooks.documentLimit)
    (store, facts) = (sketches.store, sketches.facts)
    problems = references.problems + found.problems.map { Problem($0) } + shards.problems
    var leftOut = references.leftOut
    leftOut += found.leftOut
    leftOut += shards.leftOut
    self.leftOut = leftOut
  }
}

/// Signature files, one after another.
private struct Shards {
  var inputs: [InputFile] = []
  private(set) var problems: [Problem] = []
  private(set) var leftOut = LeftOutEntries()
  private(set) var contents: [StoredSketches.Contents] = []
  /// The parts of the last input; nil if it is not divided.
  private var divided: DividedInput?

  mutating func add(
    _ path: BytePath, _ options: CheckedOptions, _ reading: ReadingOptions
  ) throws(CorpusError) {
    let shard = try Shard(path)
    let wanted = RunDescription(options, DiscoveredFiles())
    if let difference = shard.description.parameterDifference(to: wanted) {
      throw CorpusError.unusableSignatures(
        path, "it was signed with other parameters: \(difference)", reason: .otherParameters)
    }
    let signed = try shard.inputs()
    var check = ChunkCheck(options.matching, reading, inputs: signed)
    try shard.check(&check)
    contents.append((shard.file, shard.blocks, try add(signed, of: shard, check)))
    problems += shard.description.problems
    leftOut += shard.description.leftOut
  }

  /// Adds the inputs of a signature file.
  ///
  /// Its first input may continue the last input of the signature file before.
  ///
  /// - Returns: the index of the first one.
  /// - Throws: `invalidSignatures` if a part or a chunk of an input is missing.
  private mutating func add(
    _ signed: [InputFile], of shard: Shard, _ check: ChunkCheck
  ) throws(CorpusError) -> Int {
    let path = shard.file.path
    var first = inputs.count
    for (index, input) in signed.enumerated() {
      let part = input.part ?? 0..<input.byteCount
      if index == 0, input.part != nil, let divided, divided.end < input.byteCount,
        input.absolutePath == inputs[first - 1].absolutePath
      {
        guard part.lowerBound == divided.end else { throw missing(part, of: input, path) }
        first -= 1
      } else {
        try end()
        guard part.lowerBound == 0 else { throw missing(part, of: input, path) }
        inputs.append(input)
        inputs[inputs.count - 1].part = nil
      }
      guard input.part != nil else { continue }
      var own = divided ?? DividedInput()
      own.add(
        DividedInput.Part(
          file: path, input: input, chunks: try shard.chunks(ofInput: index),
          start: index == 0 ? check.firstOffset : nil,
          end: index == signed.count - 1 ? check.lastOffset : 0))
      divided = own
    }
    return first
  }

  /// Checks that the last input is complete.
  ///
  /// - Throws: `invalidSignatures` if it is not.
  mutating func end() throws(CorpusError) {
    guard let divided, let input = inputs.last else { return }
    guard divided.end == input.byteCount else {
      throw missing(0..<divided.end, of: input, divided.file)
    }
    try divided.check()
    self.divided = nil
  }

  private func missing(
    _ part: Range<UInt64>, of input: InputFile, _ path: BytePath
  ) -> CorpusError {
    CorpusError.unusableSignatures(
      path,
      "a part of \"\(input.path)\" is missing next to bytes \(part.lowerBound) to "
        + "\(part.upperBound) of \(input.byteCount): give the signature files of all parts, in the "
        + "order of their numbers")
  }
}
