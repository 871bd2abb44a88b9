internal import RepriseCore
internal import RepriseCorpus

/// A corpus whose documents are all sketched, here or elsewhere.
struct SketchedCorpus {
  let reader: CorpusReader
  let store: SketchStore
  /// What was wrong with entries of folders.
  let problems: [Problem]
  /// Entries of folders that are not in the corpus.
  let leftOut: LeftOutEntries

  var inputs: [InputFile] { reader.inputs }

  /// Reads a corpus, or what of it was not finished when a run was stopped.
  ///
  /// - Parameters:
  ///   - found: the files.
  ///   - configuration: the parameters.
  ///   - scheme: the same for signatures.
  ///   - log: where the sketches go, with those of finished chunks.
  ///   - options: how the files are read.
  ///   - onProgress: called with the bytes and documents read so far.
  /// - Throws: what writing threw.
  init(
    sketching found: DiscoveredFiles, _ configuration: ScanConfiguration, _ scheme: Scheme,
    to log: SketchLog, options: ReadingOptions, onProgress: @escaping @Sendable (Int, Int) -> Void
  ) throws(CorpusError) {
    reader = CorpusReader(inputs: found.inputs, options: options, finished: log.finished)
    let blocks = try SketchStage(
      configuration: configuration, scheme: scheme, reader: reader, file: log.file, run: log.run
    ).run(onProgress: onProgress)
    store = try SketchStore(
      [(log.file, log.blocks + blocks, 0)], of: found.inputs, encoding: options.encoding,
      limit: configuration.documentLimit)
    problems = found.problems.map { Problem($0) }
    leftOut = found.leftOut
  }

  /// Puts the slices of a corpus together that were signed one by one.
  ///
  /// - Throws: `invalidSignatures` for a file that is damaged, `otherParameters`;
  ///   `changed` or `cannotOpen` for an input that is not what was signed.
  init(
    signatures paths: [BytePath], _ configuration: ScanConfiguration, _ scheme: Scheme,
    options: ReadingOptions
  ) throws(CorpusError) {
    let wanted = RunDescription(configuration, scheme, DiscoveredFiles())
    var inputs: [InputFile] = []
    var problems: [Problem] = []
    var leftOut = LeftOutEntries()
    var contents: [SketchStore.Contents] = []
    for path in paths {
      let shard = try Shard(path)
      if let difference = shard.description.parameterDifference(to: wanted) {
        throw CorpusError.unusableSignatures(
          path, "it was signed with other parameters: \(difference)", reason: .otherParameters)
      }
      contents.append((shard.file, shard.blocks, inputs.count))
      let signed = try shard.inputs()
      var check = ChunkCheck(configuration, scheme, options, inputs: signed)
      try shard.check(&check)
      inputs += signed
      problems += shard.description.problems
      leftOut += shard.description.leftOut
    }
    try Discovery.check(inputs)
    reader = CorpusReader(inputs: inputs, options: options)
    store = try SketchStore(
      contents, of: inputs, encoding: options.encoding, limit: configuration.documentLimit)
    self.problems = problems
    self.leftOut = leftOut
  }
}
