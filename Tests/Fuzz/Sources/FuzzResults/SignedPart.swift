@testable import Reprise
@testable import RepriseEngine
@testable import RepriseFormats

/// The blocks of a signature file, to be written again with one of them replaced.
struct SignedPart {
  private struct Block {
    var header: SignatureBlock
    var payload: [UInt8]
  }

  private var blocks: [Block] = []

  init(reading path: BytePath) {
    guard let file = try? SignatureFile.open(reading: path),
      let found = try? file.checkedBlocks(), found.damage.isEmpty
    else { preconditionFailure("no signatures") }
    blocks = found.blocks.map { block in
      Block(header: block, payload: (try? file.payload(of: block)) ?? [])
    }
    precondition(blocks.count >= 3)
  }

  /// The same with another payload of one block of a kind; of several, counted round and round.
  func replacing(
    _ kind: SignatureBlock.Kind, at index: Int, by payload: UnsafeRawBufferPointer
  ) -> SignedPart {
    var other = self
    let places = blocks.indices.filter { blocks[$0].header.kind == kind }
    other.blocks[places[index % places.count]].payload = Array(payload)
    return other
  }

  /// Writes a file in which every checksum is right.
  func write(to path: BytePath) {
    guard let file = try? SignatureFile.create(path) else { preconditionFailure("no file") }
    var run: UInt64 = 0
    for block in blocks {
      var buffer = BlockBuffer()
      block.payload.withUnsafeBytes { buffer.append($0) }
      let written = try? file.append(
        block.header.kind, run: run, input: Int(block.header.input),
        number: Int(block.header.number), &buffer)
      if block.header.kind == .run { run = written?.checksum ?? 0 }
    }
  }

  /// The payloads of the blocks of a kind.
  func payloads(_ kind: SignatureBlock.Kind) -> [[UInt8]] {
    blocks.filter { $0.header.kind == kind }.map(\.payload)
  }
}
