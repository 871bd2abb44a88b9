import Foundation
import Testing

@testable import Reprise
@testable import RepriseEngine
@testable import RepriseFormats

/// Signature files that are not as a run writes them though every checksum is right.
@Suite("Larger: signature files with wrong numbers")
struct ForgedSignaturesTests {
  /// Numbers of a chunk's first part and of its header, and what they are taken for.
  private static let numbers: [(offset: Int, bytes: [UInt8], fault: String)] = [
    (0, [0xFF, 0xFF, 0xFF, 0xFF], "numbers"),
    (12, [0xFF, 0xFF, 0xFF, 0xFF], "numbers"),
    (32, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], "numbers"),
    (64, [0xFF, 0xFF, 0, 0], "parts"),
    (68, [1, 0, 0, 0], "parts"),
    (64 + 16, [0xFF, 0xFF, 0xFF, 0x7F], "parts"),
  ]

  @Test("A number that cannot be is refused, with the chunk that it stands in")
  func numbers() throws {
    let corpus = try LargerCorpus(families: 20)
    let signed = try sign(corpus)
    #expect(try refusal(corpus, signed) == "")
    for (offset, bytes, fault) in Self.numbers {
      var forged = signed
      forged.chunks[0].replaceSubrange(offset..<offset + bytes.count, with: bytes)
      let message = try refusal(corpus, forged)
      #expect(message.contains("the \(fault) of the chunk at byte"), "\(offset): \(message)")
    }
    // The descriptors stand behind the parts and block hashes; the place in the text is their third
    // number, the place of the label the last.
    let layout = unsafe signed.chunks[0].withUnsafeBytes { unsafe ChunkLayout($0) }
    for offset in [16, 44] {
      var forged = signed
      let place = layout.range(.descriptors).lowerBound + offset
      for byte in 0..<3 { forged.chunks[0][place + byte] = 0xFF }
      #expect(try refusal(corpus, forged).contains("the documents of the chunk"), "\(offset)")
    }
    for (section, offset) in [(ChunkLayout.Section.fingerprintStarts, 8), (.fingerprints, 8)] {
      var forged = signed
      let place = layout.range(section).lowerBound + offset
      for byte in 0..<4 { forged.chunks[0][place + byte] = 0xFF }
      #expect(try refusal(corpus, forged).contains("the fingerprints of the chunk"), "\(section)")
    }
  }

  @Test("Whatever a chunk says, it is refused or scanned")
  func anything() throws {
    let corpus = try LargerCorpus(families: 12)
    let signed = try sign(corpus)
    var random = RandomTexts(seed: 8)
    var refused = 0
    for _ in 0..<150 {
      var forged = signed
      let chunk = random.number(below: forged.chunks.count)
      for _ in 0..<4 {
        // Half of them near the start, where the numbers of the whole chunk are.
        let limit = random.number(below: 2) == 0 ? 256 : forged.chunks[chunk].count
        let place = random.number(below: min(limit, forged.chunks[chunk].count))
        forged.chunks[chunk][place] = UInt8(truncatingIfNeeded: random.number(below: 256))
      }
      if try !refusal(corpus, forged).isEmpty { refused += 1 }
    }
    #expect(refused > 20 && refused < 150, "\(refused)")
  }

  /// The payloads of a signature file.
  private struct Signed {
    var run: [UInt8]
    var headers: [SignatureBlock]
    var chunks: [[UInt8]]
  }

  private func sign(_ corpus: LargerCorpus) throws -> Signed {
    let path = corpus.workspace.path("all.signatures")
    var options = corpus.options("unused")
    options.resources.threads = 1
    _ = try Sign(SignOptions(options, file: BytePath(path))).run()
    let file = try SignatureFile.open(reading: BytePath(path))
    let blocks = try file.checkedBlocks().blocks
    let headers = blocks.filter { $0.kind == .chunk }
    return Signed(
      run: try file.payload(of: try #require(blocks.first)), headers: headers,
      chunks: try headers.map { try file.payload(of: $0) })
  }

  /// What a scan says of signatures that are written with good checksums; nothing if it goes
  /// through.
  private func refusal(_ corpus: LargerCorpus, _ signed: Signed) throws -> String {
    let path = corpus.workspace.path("forged.signatures")
    let file = try SignatureFile.create(BytePath(path))
    var buffer = BlockBuffer()
    unsafe signed.run.withUnsafeBytes { unsafe buffer.append($0) }
    let run = try file.append(.run, run: 0, &buffer).checksum
    for (header, chunk) in zip(signed.headers, signed.chunks) {
      buffer.removeAll()
      unsafe chunk.withUnsafeBytes { unsafe buffer.append($0) }
      try file.append(
        .chunk, run: run, input: Int(header.input), number: Int(header.number), &buffer)
    }
    buffer.removeAll()
    buffer.append(UInt64(signed.chunks.count))
    try file.append(.end, run: run, &buffer)
    var options = corpus.options("refused")
    options.input.paths = []
    options.input.signatures = [BytePath(path)]
    do {
      _ = try Scan(options).run()
      return ""
    } catch {
      return "\(error)"
    }
  }
}
