import Foundation
import RepriseTestSupport
import Testing

@testable import RepriseCore

/// The numbers that `docs/scheme.md` shows, against those that are computed.
@Suite("Scheme document")
struct SchemeDocumentTests {
  private let document: String

  init() throws {
    let top = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    document = try String(contentsOf: top.appending(path: "docs/scheme.md"), encoding: .utf8)
  }

  @Test("The worked example has the numbers of its text")
  func workedExample() throws {
    let example = try #require(document.components(separatedBy: "## Worked example").last)
    let text = Array("Die STRASSE; die Stra\u{DF}e am Fluss.".utf8)
    #expect(example.contains(bytes(text).prefix(89)))

    var tokens = TokenizedText(instructionSet: .best)
    tokens.read(text)
    let identity = unsafe ContentHash(of: tokens, source: text.span.bytes)
    #expect(example.contains(identity.hexadecimal))
    #expect(example.contains("N = 6"))

    let ids = shingleIDs(of: text, length: 5, on: .best)
    for id in ids { #expect(example.contains("| \(hex(id, 16)) |")) }

    let slots = signatureSlots(of: ids, slotCount: 64, on: .best)
    let shown = [0, 1, 2, 3, 4, 5, 14, 62].map { hex(slots[$0], 8) }.joined(separator: " | ")
    #expect(example.contains("| \(shown) |"))

    var signature = Signature(slotCount: 64)
    signature.read(ids)
    let shape = try #require(BandShape(threshold: 0.8, recall: 0.95, slotCount: 64))
    var keys: [UInt64] = []
    BandKeys(shape: shape, scheme: Scheme.number).append(of: signature, to: &keys)
    for band in [0, 1, 9] { #expect(example.contains(hex(keys[band], 16)), "band \(band)") }
  }

  @Test("The table of bands and rows is what the parameters give")
  func bandTable() throws {
    let rows = document.components(separatedBy: "\n").map { line in
      line.components(separatedBy: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }.filter { $0.count == 9 && Double($0[1]) != nil }
    #expect(rows.count == 9)
    for row in rows {
      let threshold = try #require(Double(row[1]))
      let recall = try #require(Double(row[2]))
      for (slotCount, cell) in zip([64, 128, 256, 512, 1024], row[3...7]) {
        let shape = BandShape(threshold: threshold, recall: recall, slotCount: slotCount)
        let text = shape.map { "\($0.bandCount) x \($0.rowCount)" }
        #expect(text == cell, "\(threshold) \(recall) \(slotCount)")
      }
    }
  }

  private func bytes(_ bytes: [UInt8]) -> String {
    bytes.map { hex($0, 2) }.joined(separator: " ")
  }

  private func hex(_ number: some FixedWidthInteger, _ count: Int) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: count - digits.count) + digits
  }
}
