internal import RepriseEngine
internal import RepriseFormats

/// A signature file to which a run appends, with the chunks that an earlier run finished.
struct SketchLog {
  let file: SignatureFile
  /// The number that all blocks of this run have in common.
  let run: UInt64
  /// The chunks that were finished before.
  private var chunks = ChunkBlocks()

  /// The blocks of finished chunks.
  var blocks: [SignatureBlock] { chunks.blocks }
  /// The same chunks, for the reader.
  var finished: FinishedChunks { chunks.finished }

  private init(_ file: SignatureFile, run: UInt64) {
    self.file = file
    self.run = run
  }

  /// Begins a file in a scratch folder, and replaces an existing one.
  ///
  /// - Throws: `cannotOpen` or `cannotWrite`.
  static func begin(
    _ scratch: ClaimedScratch, _ description: RunDescription
  ) throws(CorpusError) -> SketchLog {
    try begin(try scratch.createSignatures(), description)
  }

  private static func begin(
    _ file: SignatureFile, _ description: RunDescription
  ) throws(CorpusError) -> SketchLog {
    var buffer = BlockBuffer()
    description.write(to: &buffer)
    let block = try file.append(.run, run: 0, &buffer)
    return SketchLog(file, run: block.checksum)
  }

  /// Continues the file of a run that was stopped.
  ///
  /// Begins a file if there is none, or if the beginning is damaged.
  ///
  /// - Throws: `otherRun` with the first difference if the stopped run was different.
  static func resume(
    _ scratch: ClaimedScratch, _ description: RunDescription
  ) throws(CorpusError) -> SketchLog {
    guard let file = try scratch.openSignatures() else { return try begin(scratch, description) }
    let path = scratch.signatures
    let found = try file.checkedBlocks()
    guard let first = found.blocks.first, first.kind == .run else {
      try file.removeAll()
      return try begin(file, description)
    }
    let before = try RunDescription(try file.payload(of: first), in: path)
    let difference =
      before.parameterDifference(to: description) ?? before.inputDifference(to: description)
    if let difference {
      throw CorpusError.unusableSignatures(
        path,
        "cannot resume, because the stopped run was different: "
          + difference, reason: .otherRun)
    }
    var log = SketchLog(file, run: first.checksum)
    for block in found.blocks where block.kind == .chunk && block.run == log.run {
      try log.chunks.take(block, in: file)
    }
    return log
  }

  /// Ends the file: nothing will be added.
  ///
  /// - Throws: `cannotWrite`.
  func end(chunkCount: Int) throws(CorpusError) {
    var buffer = BlockBuffer()
    buffer.append(UInt64(chunkCount))
    try file.append(.end, run: run, &buffer)
    try file.synchronize()
  }
}

extension SketchLog: ChunkSink {
  func append(
    _ payload: inout BlockBuffer, input: Int, number: Int
  ) throws(CorpusError) -> SignatureBlock {
    try file.append(.chunk, run: run, input: input, number: number, &payload)
  }
}
