internal import RepriseCore
internal import RepriseEngine
internal import RepriseFormats

/// A complete signature file that `reprise sign` wrote.
struct Shard {
  let file: SignatureFile
  let description: RunDescription
  let blocks: [SignatureBlock]

  /// Opens and checks a file.
  ///
  /// - Throws: `cannotOpen`, or `invalidSignatures` if it is damaged or incomplete.
  init(_ path: BytePath) throws(CorpusError) {
    file = try SignatureFile.open(reading: path)
    let found = try file.checkedBlocks()
    guard let first = found.blocks.first, first.kind == .run, found.damage.first != 0 else {
      throw CorpusError.unusableSignatures(
        path, "this is not a signature file, or its beginning is damaged")
    }
    description = try RunDescription(try file.payload(of: first), in: path)
    var chunks = ChunkBlocks()
    for block in found.blocks where block.kind == .chunk && block.run == first.checksum {
      try chunks.take(block, in: file)
    }
    blocks = chunks.all.sorted(by: SketchStore.isBefore)
    let isWhole =
      try Self.blockCount(found.blocks.last, of: first, in: file) == UInt64(blocks.count)
    // A block that was cut off, by a full disk for instance, does no harm if a resumed run wrote
    // its chunk again.
    if let damage = found.damage.first, !isWhole || chunks.all.count > chunks.blocks.count {
      throw CorpusError.unusableSignatures(
        path, "the block at byte \(damage) is damaged or incomplete; sign this shard again")
    }
    guard isWhole else {
      throw CorpusError.unusableSignatures(path, "the file is incomplete: its end block is missing")
    }
  }

  /// The number of chunk blocks that the end block of a file gives; `nil` if it is not an end
  /// block.
  private static func blockCount(
    _ end: SignatureBlock?, of run: SignatureBlock, in file: SignatureFile
  ) throws(CorpusError) -> UInt64? {
    guard let end, end.kind == .end, end.run == run.checksum, end.payload.count == 8 else {
      return nil
    }
    return unsafe try file.payload(of: end).withUnsafeBytes { unsafe $0.number(at: 0, UInt64.self) }
  }

  /// Looks at every chunk.
  ///
  /// - Throws: `invalidSignatures` for the first chunk with a value that no run writes.
  func check(_ check: inout ChunkCheck) throws(CorpusError) {
    for block in blocks {
      let payload = try file.payload(of: block)
      guard let fault = check.fault(payload, ofInput: block.input) else { continue }
      throw CorpusError.unusableSignatures(
        file.path, "the \(fault) of the chunk at byte \(block.payload.lowerBound) are wrong")
    }
  }

  /// Returns the chunks whose first input this is, in the order of their numbers.
  func chunks(ofInput index: Int) throws(CorpusError) -> [DividedInput.Chunk] {
    var chunks: [DividedInput.Chunk] = []
    for block in blocks where block.input == index {
      let header = try file.payload(of: block, atMost: ChunkLayout.headerByteCount)
      // `ChunkBlocks` takes only blocks that have the whole header.
      let layout = unsafe header.withUnsafeBytes { unsafe ChunkLayout($0) }
      // A chunk can have several blocks.
      guard !layout.continues else { continue }
      chunks.append(
        DividedInput.Chunk(
          number: Int(clamping: block.number), isLast: layout.isLast,
          hasFailedInput: layout.hasFailedInput))
    }
    return chunks
  }

  /// Finds the inputs at their paths.
  ///
  /// - Throws: `cannotOpen`, or `changed` if an input differs from the signed one.
  func inputs() throws(CorpusError) -> [InputFile] {
    var inputs: [InputFile] = []
    for input in description.inputs {
      inputs.append(try InputFile(signed: input, in: file.path))
    }
    return inputs
  }
}
