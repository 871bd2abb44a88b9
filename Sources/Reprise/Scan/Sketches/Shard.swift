internal import RepriseCore
internal import RepriseCorpus

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
    if let damage = found.damage.first {
      throw CorpusError.unusableSignatures(
        path, "the block at byte \(damage) is damaged or incomplete; sign this shard again")
    }
    description = try RunDescription(try file.payload(of: first), in: path)
    blocks = found.blocks.filter { $0.kind == .chunk && $0.run == first.checksum }
      .sorted { ($0.input, $0.number) < ($1.input, $1.number) }
    guard let last = found.blocks.last, last.kind == .end, last.run == first.checksum,
      last.payload.count == 8,
      unsafe try file.payload(of: last).withUnsafeBytes({ unsafe $0.number(at: 0, UInt64.self) })
        == UInt64(blocks.count)
    else {
      throw CorpusError.unusableSignatures(path, "the file is incomplete: its end block is missing")
    }
  }

  /// Checks every chunk.
  ///
  /// - Throws: `invalidSignatures` for the first chunk with a value that no run writes.
  func check(_ check: inout ChunkCheck) throws(CorpusError) {
    for block in blocks {
      guard let fault = check.fault(try file.payload(of: block)) else { continue }
      throw CorpusError.unusableSignatures(
        file.path, "the \(fault) of the chunk at byte \(block.payload.lowerBound) are wrong")
    }
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
