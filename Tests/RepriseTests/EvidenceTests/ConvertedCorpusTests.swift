import Foundation
import Reprise
import Testing

@Suite("Evidence: corpora in other encodings")
struct ConvertedCorpusTests {
  /// Encodings with what they make of scalars up to U+FFFF; nil: not in it.
  private static let encodings: [(name: String, mark: [UInt8], foundation: String.Encoding)] = [
    ("UTF-16LE", [0xFF, 0xFE], .utf16LittleEndian), ("UTF-16BE", [0xFE, 0xFF], .utf16BigEndian),
    ("UTF-32LE", [0xFF, 0xFE, 0, 0], .utf32LittleEndian), ("WINDOWS-1251", [], .windowsCP1251),
    ("SHIFT_JIS", [], .shiftJIS),
  ]

  private static func encoded(_ text: String, _ number: Int) throws -> [UInt8] {
    Array(try #require(text.data(using: encodings[number].foundation)))
  }

  /// Cyrillic words, which both of the encodings without marks have.
  private static func texts() -> [String] {
    var random = RandomTexts(seed: 20)
    func cyrillic(_ word: String) -> String {
      let scalars = word.unicodeScalars.compactMap { Unicode.Scalar(0x430 - 0x61 + $0.value) }
      return String(String.UnicodeScalarView(scalars))
    }
    func words(_ count: Int) -> [String] { random.words(count).map(cyrillic) }
    let passage = words(80)
    let first = words(60) + passage + words(60)
    var second = words(70) + passage
    second += words(90)
    var near = first
    near[30] = "\u{43D}\u{43E}\u{432}"
    return [first, first, near, second, words(40)].map { $0.joined(separator: " ") }
  }

  @Test(
    "documents and passages are found and left out, and the rest is the same bytes",
    arguments: 0..<5, ["a.jsonl", "a.jsonl.gz", "a.csv", "a.txt", "a.txt.gz"])
  func roundTrip(number: Int, file: String) throws {
    let (name, mark, _) = Self.encodings[number]
    let texts = Self.texts()
    let workspace = try Workspace()
    let compression = Compression(fileName: BytePath(file))
    let isTable = file.contains("csv")
    func part(_ index: Int, _ text: String) -> String {
      if isTable { return "d\(index),\"\(text)\"\r\n" }
      return file.contains("jsonl")
        ? TestRecord("d\(index)", text).line + "\r\n" : text + "\n----\n"
    }
    let header = isTable ? "id,text\r\n" : ""
    let parts = texts.enumerated().map(part)
    let bytes = mark + (try Self.encoded(header + parts.joined(), number))
    try workspace.write(file, bytes, packed: compression)
    let results = try workspace.scan(file) {
      $0.matching.find = .all
      $0.input.encoding = mark.isEmpty ? name : "UTF-8"
      if file.contains("txt") { $0.input.articles = .after("^----$") }
    }
    #expect(results.problems.isEmpty)
    #expect(results.entries.map(\.status) == [.keep, .drop, .drop, .trim, .keep])
    try workspace.clean(to: "cleaned")

    let cut = try #require(results.entries[3].cuts.first)
    var trimmed = Array(texts[3].utf8)
    trimmed.removeSubrange(cut.start..<cut.end)
    let kept = [texts[0], String(decoding: trimmed, as: UTF8.self), texts[4]]
    let expected = zip([0, 3, 4], kept).map(part)
    let stream = try DecodedStream(
      path: BytePath(workspace.path("cleaned/\(file)")), compression: compression)
    var cleaned = [UInt8](repeating: 0, count: bytes.count)
    let count = try unsafe cleaned.withUnsafeMutableBytes { try unsafe stream.read(into: $0) }
    let wanted = mark + (try Self.encoded(header + expected.joined(), number))
    #expect(Array(cleaned[..<count]) == wanted)
    #expect(cut.words >= 80)
  }

  @Test("bytes that mean nothing are reported, and stay as they are")
  func malformed() throws {
    let workspace = try Workspace()
    let good = Array("one two three four five six".utf8)
    let utf16: [UInt8] = good.flatMap { [$0, 0] as [UInt8] }
    let pieces: [[UInt8]] = [[0xFF, 0xFE], utf16, [0, 0xD8, 0x20, 0], utf16, [0x41]]
    let bytes = Array(pieces.joined())
    try workspace.write("a.txt", bytes)
    let results = try workspace.scan("a.txt")
    #expect(results.problems.map(\.class) == ["invalid-encoding"])
    #expect(
      results.problems[0].message == "2 invalid UTF-16LE sequences were replaced by U+FFFD.")
    #expect(results.entries[0].status == .keep)
    try workspace.clean()
    #expect(try workspace.bytes("cleaned/a.txt") == bytes)
  }

  @Test("an encoding with escape sequences is read, and nothing is cut out of it")
  func contextual() throws {
    let workspace = try Workspace()
    let text: [UInt8] = [0x1B, 0x24, 0x42, 0x34, 0x41, 0x3B, 0x7A, 0x1B, 0x28, 0x42, 0x0A]
    try workspace.write("a.txt", text)
    let whole = try workspace.scan("a.txt", into: "one") { $0.input.encoding = "ISO-2022-JP" }
    #expect(whole.entries[0].title == "\u{6F22}\u{5B57}")
    try workspace.clean("one", to: "copy")
    #expect(try workspace.bytes("copy/a.txt") == text)
    try workspace.write("b.txt", text + [0x0A] + text)
    let both = try workspace.scan("b.txt", into: "two") {
      $0.input.encoding = "ISO-2022-JP"
      $0.input.articles = .after("^$")
    }
    #expect(both.entries.map(\.status) == [.keep, .drop])
    #expect(throws: RepriseError.self) { try workspace.clean("two", to: "cut") }
  }

  @Test("a whole file in an encoding with marks that follow their letters is left out")
  func contextualFiles() throws {
    let workspace = try Workspace()
    var random = RandomTexts(seed: 21)
    // Hebrew letters, some with a point, which `iconv` joins with the letter.
    func hebrew(_ count: Int) -> [UInt8] {
      random.words(count).flatMap { word in
        word.utf8.flatMap { byte in
          let letter = 0xE0 + (byte - 0x61) % 27
          return byte % 3 == 0 ? [letter, 0xC4] : [letter]
        } + [0x20]
      }
    }
    let (first, other) = (hebrew(400), hebrew(300))
    for name in ["a", "b"] { try workspace.write("in/\(name).txt", first) }
    try workspace.write("in/c.txt", other)
    let results = try workspace.scan("in") { $0.input.encoding = "WINDOWS-1255" }
    #expect(results.entries.map(\.status) == [.keep, .drop, .keep])
    #expect(results.problems.isEmpty)
    try workspace.clean()
    #expect(try workspace.files(below: "cleaned") == ["a.txt", "c.txt"])
    #expect(try workspace.bytes("cleaned/a.txt") == first)
    #expect(try workspace.bytes("cleaned/c.txt") == other)
  }

  @Test("a name that is not known is an error before anything is read")
  func unknownName() throws {
    let workspace = try Workspace()
    try workspace.write("a.txt", text: "text")
    let error = #expect(throws: RepriseError.self) {
      try workspace.scan("a.txt") { $0.input.encoding = "no-such-encoding" }
    }
    #expect(error?.description.contains("NO-SUCH-ENCODING") == true)
  }
}
