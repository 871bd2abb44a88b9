import CKernels
import RepriseTestSupport
import Testing

@testable import RepriseCore

@Suite("Shingle ids")
struct ShingleIDsTests {
  @Test(
    "They are the hashes of every window of tokens joined by a space",
    arguments: InstructionSet.available)
  func areHashesOfWindows(set: InstructionSet) {
    for byteCount in [1, 5, 20, 100, 300, 2_000] {
      for length in [1, 2, 3, 5, 8, 13, 50] {
        var random = seeded(byteCount, length)
        let text = RandomText.mixture.make(byteCount, &random)
        let ids = shingleIDs(of: text, length: length, on: set)
        #expect(ids == windows(of: text, length: length), "\(byteCount) bytes, n = \(length)")
      }
    }
  }

  @Test("A document with fewer tokens has one shingle, one without tokens has none")
  func shortDocuments() {
    #expect(shingleIDs(of: [], length: 5) == [])
    #expect(shingleIDs(of: Array(" ,.;".utf8), length: 5) == [])
    let hash = stock(Array("one two three".utf8))
    #expect(shingleIDs(of: Array("One, two; THREE!".utf8), length: 5) == [hash])
    #expect(shingleIDs(of: Array("One, two; THREE!".utf8), length: 3) == [hash])
    #expect(shingleIDs(of: Array("one two three".utf8), length: 2).count == 2)
  }

  @Test("A buffer that was used for other documents changes nothing")
  func reusesItsBuffer() {
    var text = TokenizedText()
    var ids = ShingleIDs(length: 5)
    for (index, byteCount) in [100, 10_000, 1, 0, 3_000].enumerated() {
      var random = seeded(index)
      let bytes = RandomText.mostlyASCII.make(byteCount, &random)
      text.read(bytes)
      ids.read(text)
      #expect(ids.span.array == shingleIDs(of: bytes, length: 5), "\(byteCount) bytes")
    }
  }

  private func windows(of text: [UInt8], length: Int) -> [UInt64] {
    let tokens = TokenSequence(reading: text).tokens
    guard !tokens.isEmpty else { return [] }
    let window = min(length, tokens.count)
    return (0...tokens.count - window).map { start in
      stock(Array(tokens[start..<start + window].joined(separator: [0x20])))
    }
  }

  private func stock(_ bytes: [UInt8]) -> UInt64 {
    unsafe reprise_xxh3_64(bytes, bytes.count, REPRISE_PLAIN)
  }
}

@Suite("Document identity")
struct DocumentIdentityTests {
  @Test("It is the hash of all tokens and their number")
  func hashesTokens() {
    let tokens = Array("the quick brown fox".utf8)
    let hash = unsafe reprise_xxh3_128(tokens, tokens.count, REPRISE_PLAIN)
    let expected = ContentHash(low: hash.low, high: hash.high, tokenCount: 4)
    #expect(identity(of: "The quick, brown FOX.") == expected)
    #expect(identity(of: "thequick brown fox") != expected)
  }

  @Test("Documents without tokens are equal only if their bytes are, but for a byte order mark")
  func tellsEmptyDocumentsApart() {
    #expect(identity(of: "...") == identity(of: "\u{FEFF}..."))
    #expect(identity(of: "...") != identity(of: ".."))
    #expect(identity(of: "") == identity(of: "\u{FEFF}"))
    #expect(identity(of: "").hexadecimal == "99aa06d3014798d86001c324468d497f")
    #expect(identity(of: "...").tokenCount == 0)
  }

  private func identity(of text: String) -> ContentHash {
    var tokenized = TokenizedText()
    let bytes = Array(text.utf8)
    tokenized.read(bytes)
    return unsafe ContentHash(of: tokenized, source: bytes.span.bytes)
  }
}
