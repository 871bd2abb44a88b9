import Foundation
import RepriseCore
import RepriseTestSupport
import Testing

@testable import RepriseFormats

@Suite struct EncodingDetectionTests {
  private let folder = TestFolder()

  private static let german =
    "Der Präsident der Behörde erklärte am Dienstag, daß die Prüfung der größten Brücke über den "
    + "Fluß abgeschlossen sei. Für die Gäste gäbe es künftig keine Einschränkungen mehr, hieß es.\n"
  private static let russian =
    "Совет директоров утвердил отчёт о работе за прошлый год и назначил проверку всех складов, "
    + "на которых хранится зерно. Итоги проверки будут известны не раньше осени.\n"
  private static let japanese =
    "会議では来年度の予算案について話し合いが行われ、道路と橋の修理に必要な費用が認められました。"
    + "詳しい内容は来週までに発表される予定です。\n"

  private static let cases: [(text: String, encoding: String.Encoding, names: Set<String>)] = [
    (german, .isoLatin1, ["ISO-8859-1", "WINDOWS-1252", "ISO-8859-15"]),
    (german.replacingOccurrences(of: ",", with: " –"), .windowsCP1252, ["WINDOWS-1252"]),
    (russian, .windowsCP1251, ["WINDOWS-1251"]), (japanese, .shiftJIS, ["SHIFT_JIS"]),
  ]

  private func find(_ bytes: [UInt8], isWhole: Bool = true) -> TextEncoding? {
    unsafe bytes.withUnsafeBytes { unsafe EncodingDetector.find($0, isWhole: isWhole) }
  }

  private static func encoded(_ number: Int, times: Int = 1) throws -> [UInt8] {
    let (text, encoding, _) = cases[number]
    let lines = (0..<times).map { "\($0) " + text + "plain words\n" }.joined()
    return Array(try #require(lines.data(using: encoding)))
  }

  @Test(arguments: cases.indices)
  func textsAreRecognized(number: Int) throws {
    let found = try #require(find(try Self.encoded(number)))
    #expect(Self.cases[number].names.contains(found.name), "\(found)")
  }

  @Test func whatIsUTF8IsUTF8() {
    for text in [Self.german, Self.russian, Self.japanese, "plain", "", "\u{1F600}\u{E9}"] {
      let bytes = Array(text.utf8)
      for count in 0...bytes.count {
        #expect(find(Array(bytes[..<count]), isWhole: false) == nil, "\(text) \(count)")
      }
    }
    // Text with some damaged characters, in another encoding only by accident.
    let damaged = Array(Self.german.utf8) + [0xFC, 0x0A, 0xE4, 0xF6, 0x0A]
    #expect(find(damaged) == nil)
    #expect(find(Array("caf".utf8) + [0xC3], isWhole: false) == nil)
  }

  @Test func whatIsNoTextHasNoEncoding() {
    var generator = SplitMix64(state: 5)
    for _ in 0..<50 {
      let count = Int.random(in: 100...3000, using: &generator)
      #expect(find((0..<count).map { _ in .random(in: 0...255, using: &generator) }) == nil)
      #expect(find((0..<count).map { _ in .random(in: 0x80...0x9F, using: &generator) }) == nil)
    }
    let text = Array(Self.german.unicodeScalars.map { UInt8($0.value) })
    #expect(find(text + [0]) == nil)
  }

  @Test func anEncodingInWhichATextHasControlCharactersIsRefused() {
    // The umlauts of code page 850 and of Mac Roman.
    for bytes in [[0x84, 0x94, 0x81, 0xE1], [0x8A, 0x9A, 0x9F, 0xA7]] as [[UInt8]] {
      let others = Dictionary(uniqueKeysWithValues: zip("äöüß" as String, bytes))
      #expect(find(Self.german.map { others[$0] ?? $0.asciiValue ?? 0 }) == nil)
    }
  }

  @Test func anEncodingThatPutsCapitalsIntoWordsIsRefused() {
    // Small letters of code page 850, which are capitals and symbols in others.
    let text =
      "der junge Bär lief über die Brücke, und die Möwen flogen höher, müde und häßlich zugleich\n"
    let others = Dictionary(
      uniqueKeysWithValues: zip("äöüß" as String, [0xC4, 0xD6, 0xDC, 0xA4] as [UInt8]))
    #expect(find(text.map { others[$0] ?? $0.asciiValue ?? 0 }) == nil)
  }

  @Test func countsAreThoseOfTheNaiveTwin() {
    var generator = SplitMix64(state: 6)
    let pieces: [[UInt8]] = [
      [0x41], [0x20, 0x0A], [0xC3, 0xA9], [0xE2, 0x82, 0xAC], [0xF0, 0x9F, 0x98, 0x80], [0xC3],
      [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF], [0x80],
      [0xE2, 0x82],
      [0xF0, 0x9F], [0x01], [0x7F], Array("twelve bytes".utf8), [0xC0, 0xAF],
      [0xF0, 0x80, 0x80, 0x80],
    ]
    for _ in 0..<3000 {
      let count = Int.random(in: 0...12, using: &generator)
      var bytes = (0..<count).flatMap { _ in
        pieces[Int.random(in: 0..<pieces.count, using: &generator)]
      }
      if count % 5 == 0 { bytes += (0..<9).map { _ in .random(in: 0...255, using: &generator) } }
      let content = unsafe bytes.withUnsafeBytes { unsafe UTF8Content($0, isWhole: true) }
      let twin = Self.naive(bytes)
      #expect(content.characterCount == twin.characters, "\(bytes)")
      #expect(content.invalidCount == twin.invalid, "\(bytes)")
      let controls = bytes.count {
        $0 < 8 || (14...26).contains($0) || (28...31).contains($0) || $0 == 127
      }
      let zeros = bytes.count { $0 == 0 }
      #expect(content.controlCount == controls + zeros * bytes.count)
    }
  }

  private static func naive(_ bytes: [UInt8]) -> (characters: Int, invalid: Int) {
    var (characters, invalid, place) = (0, 0, 0)
    while place < bytes.count {
      let length = (1...4).first { length in
        place + length <= bytes.count
          && String(validating: bytes[place..<place + length], as: UTF8.self)?.unicodeScalars.count
            == 1
      }
      if let length, length > 1 { characters += 1 }
      if length == nil { invalid += 1 }
      place += length ?? 1
    }
    return (characters, invalid)
  }

  @Test(
    "files are read as their UTF-8, however they are packed and cut", arguments: cases.indices,
    ["a.txt", "a.jsonl", "a.txt.gz", "a.jsonl.gz"])
  func reading(number: Int, name: String) throws {
    let bytes = try Self.encoded(number, times: 30)
    let text = try #require(String(bytes: bytes, encoding: Self.cases[number].encoding))
    let isPacked = name.hasSuffix("gz")
    let path = folder.write(name, isPacked ? try packed([bytes], .gzip) : bytes)
    let plain = folder.write("plain." + (name.hasPrefix("a.txt") ? "txt" : "jsonl"), text)
    for chunk in [100, 5_000, 1 << 20] {
      var options = ReadingOptions()
      options.chunkByteCount = chunk
      options.detectsEncodings = true
      let reader = CorpusReader(inputs: try Discovery.find([path]).inputs, options: options)
      let result = try readAll(reader)
      #expect(result.records == (try readAll([plain], options: options)).records)
      #expect(result.problems.isEmpty && result.isDense)
      #expect(Self.cases[number].names.contains(result.facts.encodings[0].name))
    }
  }

  @Test("a damaged file is read up to the damage")
  func damaged() throws {
    let bytes = try Self.encoded(2, times: 3000)
    let whole = try packed([bytes], .gzip)
    let path = folder.write("a.jsonl.gz", Array(whole[..<(whole.count * 2 / 3)]))
    var options = ReadingOptions()
    options.detectsEncodings = true
    let result = try readAll([path], options: options)
    #expect(result.facts.encodings[0].name == "WINDOWS-1251")
    #expect(result.reasons == [.truncated])
    let text = try #require(String(bytes: bytes, encoding: .windowsCP1251))
    let plain = try readAll([folder.write("b.jsonl", text)])
    #expect(result.records.count > 100)
    #expect(
      result.records.map(\.bytes) == plain.records.prefix(result.records.count).map(\.bytes))
  }

  @Test("the first bytes decide, in files of every kind alike", arguments: ["a.txt", "a.txt.gz"])
  func head(name: String) throws {
    var options = ReadingOptions()
    options.detectsEncodings = true
    let late = Array("plain words\n".utf8)
    let latin = Array(Self.german.unicodeScalars.map { UInt8($0.value) })
    for (count, isFound) in [(60_000, true), (1_000_000, true), (1_050_000, false)] {
      var bytes: [UInt8] = []
      while bytes.count < count { bytes += late }
      bytes += latin
      let path = folder.write(name, name.hasSuffix("gz") ? try packed([bytes], .gzip) : bytes)
      let result = try readAll([path], options: options)
      #expect((result.facts.encodings[0] != .utf8) == isFound)
      let isUnchanged = result.records[0].bytes == bytes
      #expect(isUnchanged != isFound)
    }
  }

  @Test func theNumbersOfEncodingsAreThoseOfTheDocument() throws {
    for (index, encoding) in TextEncoding.detectable.enumerated() {
      #expect(try encoding.makeDecoder() != nil, "\(encoding)")
      var part = SourcePart(input: 0)
      part.encoding = encoding
      #expect(part.encodingCode == UInt8(6 + index))
    }
    let named = try TextEncoding(named: "koi8-u")
    for encoding in TextEncoding.detectable + [.utf16BigEndian, named] {
      var (part, copy) = (SourcePart(input: 0), SourcePart(input: 0))
      part.encoding = encoding
      copy.setEncoding(code: part.encodingCode, named: named)
      #expect(copy == part)
    }
    let document = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../docs/signatures.md")
    let text = try String(contentsOf: document, encoding: .utf8)
    let words = text.split { $0.isWhitespace }.joined(separator: " ")
    #expect(words.contains(TextEncoding.detectable.map(\.name).joined(separator: ", ")))
  }
}
