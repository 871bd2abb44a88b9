import Foundation
import RepriseTestSupport
import Testing

@testable import RepriseFormats

@Suite struct EncodingTests {
  private let folder = TestFolder()

  /// Scalars of every length in every encoding, and the line ends between.
  private static let text =
    "one \u{E9}\u{416}\u{5B57}\u{1F6A2}\r\ntwo \u{FFFD}\n\nthree \u{10FFFF}\u{80}\u{7FF}\u{800}\nfour"

  private static let unicode:
    [(name: String, mark: [UInt8], units: @Sendable (String) -> [UInt8])] =
      [
        ("UTF-16LE", [0xFF, 0xFE], { $0.utf16.flatMap { Self.bytes(UInt32($0), 2) } }),
        ("UTF-16BE", [0xFE, 0xFF], { $0.utf16.flatMap { Self.bytes(UInt32($0), 2).reversed() } }),
        (
          "UTF-32LE", [0xFF, 0xFE, 0, 0], { $0.unicodeScalars.flatMap { Self.bytes($0.value, 4) } }
        ),
        (
          "UTF-32BE", [0, 0, 0xFE, 0xFF],
          { $0.unicodeScalars.flatMap { Self.bytes($0.value, 4).reversed() } }
        ),
      ]

  private static func bytes(_ value: UInt32, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private func written(_ name: String, _ bytes: [UInt8]) throws -> BytePath {
    if name.hasSuffix(".gz") { return folder.write(name, try packed([bytes], .gzip)) }
    return folder.write(name, bytes)
  }

  @Test(
    "What a byte order mark tells is read as UTF-8 is, however it is packed and cut",
    arguments: 0..<4, ["a.txt", "a.jsonl", "a.jsonl.gz", "a.txt.gz"])
  func marks(encoding: Int, name: String) throws {
    let (encodingName, mark, units) = Self.unicode[encoding]
    let path = try written(name, mark + units(Self.text))
    let plain = folder.write(
      "plain." + (name.hasPrefix("a.txt") ? "txt" : "jsonl"), "\u{FEFF}" + Self.text)
    for chunk in [1, 7, 40, 1 << 20] {
      var options = ReadingOptions()
      options.chunkByteCount = chunk
      let reader = CorpusReader(inputs: try Discovery.find([path]).inputs, options: options)
      let result = try readAll(reader)
      #expect(result.records == (try readAll([plain], options: options)).records)
      #expect(result.problems.isEmpty && result.isDense)
      #expect(result.facts.encodings[0].name == encodingName)
      #expect(result.checksums.compactMap { $0 }.count == 1)
    }
  }

  @Test("Records of converted files are found again", arguments: ["a.jsonl", "a.jsonl.gz"])
  func fetching(name: String) throws {
    let (_, mark, units) = Self.unicode[0]
    let path = try written(name, mark + units(Self.text))
    let reader = CorpusReader(inputs: try Discovery.find([path]).inputs)
    let result = try readAll(reader)
    let fetcher = RecordFetcher(reader, encodings: result.facts.encodings)
    #expect(fetcher.isSequential(input: 0))
    let places = result.records.map {
      RecordLocation(input: 0, offset: UInt64($0.offset), byteCount: $0.bytes.count)
    }
    try fetcher.copy(places)
    let buffer = RecordBuffer()
    for (place, record) in zip(places, result.records) {
      try fetcher.read(place, into: buffer)
      #expect(unsafe Array(buffer.bytes) == record.bytes)
    }
  }

  @Test("Halves of pairs, scalars that are none and cut-off units become one byte FF each")
  func malformed() throws {
    let utf16: [UInt8] = [0x41, 0, 0, 0xD8, 0x42, 0, 0, 0xDC, 0, 0xD8, 0, 0xD8, 0, 0xDC, 0x43]
    let marked = Array("A\u{FF}B\u{FF}\u{FF}".unicodeScalars.map { UInt8($0.value) })
    #expect(try decoded(utf16, "UTF-16LE") == marked + Array("\u{10000}".utf8) + [0xFF])
    let utf32: [UInt8] = [0x41, 0, 0, 0, 0, 0xD8, 0, 0, 0, 0, 0x11, 0, 0x42, 0, 0, 0, 0x43, 0]
    #expect(try decoded(utf32, "UTF-32LE") == [0x41, 0xFF, 0xFF, 0x42, 0xFF])
    #expect(
      try decoded([0x41, 0x82, 0xA0, 0xFD, 0x42, 0x82], "SHIFT_JIS")
        == [0x41] + Array("\u{3042}".utf8) + [0xFF, 0x42, 0xFF])
  }

  private func decoded(_ bytes: [UInt8], _ encoding: String) throws -> [UInt8] {
    let path = folder.write("text", bytes)
    let whole = try DecodedStream(
      try OpenFile(reading: path), compression: .none,
      convertingFrom: try TextEncoding(named: encoding))
    let (result, failure) = drain(whole, bufferByteCount: 1)
    #expect(failure == nil)
    return result
  }

  @Test("A decoder takes what fits, and goes on where it stopped", arguments: 4...9)
  func pieces(room: Int) throws {
    var cases = Self.unicode.map { ($0.name, $0.units(Self.text), Self.text) }
    cases.append(("EUC-JP", [0x41, 0xB4, 0xC1, 0xBB, 0xFA], "A\u{6F22}\u{5B57}"))
    for (name, bytes, text) in cases {
      let decoder = try #require(try TextEncoding(named: name).makeDecoder())
      var (result, at) = ([UInt8](), 0)
      while at < bytes.count {
        let rest = Array(bytes[at...])
        var out = [UInt8](repeating: 0, count: room)
        let (consumed, produced) = unsafe rest.withUnsafeBytes { input in
          unsafe out.withUnsafeMutableBytes { unsafe decoder.decode(input, isLast: true, into: $0) }
        }
        try #require(consumed > 0 && produced > 0 && produced <= room)
        result += out[..<produced]
        at += consumed
      }
      #expect(result == Array(text.utf8), "\(name)")
    }
  }

  @Test("Names that iconv does not know are refused", arguments: ["", "NOPE", "LATIN1//IGNORE"])
  func unknownNames(name: String) {
    #expect(throws: CorpusError.self) { try TextEncoding(named: name) }
  }

  @Test("A mark goes before the encoding that is named")
  func namedAndMarked() throws {
    var options = ReadingOptions()
    options.encoding = try TextEncoding(named: "koi8-r")
    let plain = folder.write("a.txt", [0xF7, 0xC1])
    let marked = folder.write("b.txt", [0xEF, 0xBB, 0xBF] + Array("\u{416}".utf8))
    let result = try readAll([plain, marked], options: options)
    #expect(
      result.records.map(\.bytes) == [Array("\u{412}\u{430}".utf8), Array("\u{FEFF}\u{416}".utf8)])
  }

  @Test(
    "names are accepted as people write them",
    arguments: [
      ("latin-1", "ISO-8859-1"), ("Latin 9", "ISO-8859-15"), ("windows1252", "WINDOWS-1252"),
      ("cp-1251", "WINDOWS-1251"), ("iso 8859 5", "ISO-8859-5"), ("utf_8", "UTF-8"),
      ("utf8", "UTF-8"),
      ("shift jis", "SHIFT_JIS"), ("euc jp", "EUC-JP"), ("koi8 r", "KOI8-R"),
      ("Mac Roman", "MACINTOSH"),
      ("iso_2022 jp", "ISO-2022-JP"),
    ])
  func otherForms(name: String, usual: String) throws {
    let found = try TextEncoding(named: name)
    #expect(found.name == usual)
    #expect(found == (try TextEncoding(named: usual)))
  }

  @Test func `an unknown name is refused with a similar one`() {
    for (name, similar) in [
      ("windos-1252", "WINDOWS-1252"), ("utf-9", "UTF-8"), ("shift-js", "SHIFT_JIS"),
    ] {
      let error = #expect(throws: CorpusError.self) { try TextEncoding(named: name) }
      #expect(error?.description.contains("\"\(similar)\" is similar") == true, "\(name)")
    }
    let error = #expect(throws: CorpusError.self) { try TextEncoding(named: "klingon") }
    #expect(error?.description.lowercased() == "unknown encoding \"klingon\".")
  }
}
