internal import RepriseCore
internal import RepriseFormats

/// A corpus whose documents have all been sketched, by this run or by earlier ones.
struct SketchedCorpus {
  let source: FileSource
  let store: SketchStore
  /// The problems with folder entries.
  let problems: [Problem]
  /// The numbers of folder entries that are not in the corpus.
  let leftOut: LeftOutEntries

  var inputs: [InputFile] { source.inputs }

  /// Sketches a corpus, without the chunks that a stopped run finished.
  ///
  /// - Parameters:
  ///   - found: the input files.
  ///   - options: the parameters of the run.
  ///   - log: the file for the sketches, which also has those of finished chunks.
  ///   - reading: the options for reading the files.
  ///   - monitor: reports the progress.
  /// - Throws: errors of writing the sketches.
  init(
    sketching found: DiscoveredFiles, _ options: CheckedOptions, to log: SketchLog,
    reading: ReadingOptions, _ monitor: RunMonitor
  ) throws(CorpusError) {
    source = FileSource(
      inputs: found.inputs, options: reading, fields: options.documentFields,
      finished: log.finished)
    let blocks = try SketchStage(
      options: options.engine, source: source, sink: log, monitor: monitor
    ).run()
    store = try SketchStore(
      [(log.file, log.blocks + blocks, 0)], of: found.inputs, encoding: reading.encoding,
      limit: options.hooks.documentLimit)
    problems = found.problems.map { Problem($0) }
    leftOut = found.leftOut
  }

  /// Combines the shards of a corpus that were signed separately.
  ///
  /// - Throws: `invalidSignatures` for a damaged file, `otherParameters`; `changed` or `cannotOpen`
  ///   for an input that differs from the signed one.
  init(
    signatures paths: [BytePath], _ options: CheckedOptions, reading: ReadingOptions
  ) throws(CorpusError) {
    let wanted = RunDescription(options, DiscoveredFiles())
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
      var check = ChunkCheck(options.matching, reading, inputs: signed)
      try shard.check(&check)
      inputs += signed
      problems += shard.description.problems
      leftOut += shard.description.leftOut
    }
    inputs = try Discovery.named(inputs)
    source = FileSource(inputs: inputs, options: reading, fields: options.documentFields)
    store = try SketchStore(
      contents, of: inputs, encoding: reading.encoding, limit: options.hooks.documentLimit)
    self.problems = problems
    self.leftOut = leftOut
  }
}
