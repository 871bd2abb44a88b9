import RepriseTestSupport
import Testing

@testable import RepriseFormats

/// Every way to read a file gives the records of the plain twin.
@Suite struct SplittingTests {
  let folder = TestFolder()

  static let sizes = [0, 1, 2, 3, 10, 60, 200]

  /// The file as it is, and packed whole, in several slices, and byte by byte.
  func variants(_ bytes: [UInt8], name: String) throws -> [BytePath] {
    let third = bytes.count / 3
    let pieces = [Array(bytes[..<third]), [], Array(bytes[third...])]
    return [
      folder.write("plain/\(name)", bytes),
      folder.write("gz/\(name).gz", try packed([bytes], .gzip)),
      folder.write("gzs/\(name).gz", try packed(pieces, .gzip)),
      folder.write("zst/\(name).zst", try packed(pieces, .zstd)),
    ]
  }

  func check(
    _ bytes: [UInt8], name: String, expected: [PlainRecord], rule: ArticleRule?, seed: UInt64
  ) throws {
    for path in try variants(bytes, name: name) {
      let limit = bytes.count + 2
      for chunk in Array(1...min(limit, 24)) + [limit / 2 + 1, limit, 1 << 20] {
        var options = ReadingOptions()
        options.chunkByteCount = chunk
        options.articleRule = rule
        let result = try readAll([path], options: options)
        #expect(result.records == expected, "seed \(seed), \(path), chunk of \(chunk)")
        #expect(result.problems.isEmpty)
        #expect(result.isDense, "seed \(seed), \(path), chunk of \(chunk)")
      }
    }
  }

  @Test(arguments: sizes, [UInt64(1), 2, 3])
  func linesAreTheSameInChunksOfEverySize(size: Int, seed: UInt64) throws {
    let bytes = randomText(seed: seed &* 1000 &+ UInt64(size), byteCount: size)
    let expected = NaiveSplitter.lines(bytes)
    try check(bytes, name: "a.jsonl", expected: expected, rule: nil, seed: seed)
  }

  @Test(arguments: sizes, [ArticleRule.Cut.after, .before])
  func articlesAreTheSameInChunksOfEverySize(size: Int, cut: ArticleRule.Cut) throws {
    for seed in UInt64(1)...4 {
      let bytes = randomText(seed: seed &* 1000 &+ UInt64(size), byteCount: size)
      let expected = NaiveSplitter.articles(bytes, cut: cut) { line in
        let text = line.last == 13 ? line.dropLast() : line[...]
        return text.elementsEqual(Array("#cut".utf8))
      }
      let rule = try ArticleRule(cut: cut, expression: "^#cut$")
      try check(bytes, name: "a.txt", expected: expected, rule: rule, seed: seed)
    }
  }

  @Test(arguments: sizes)
  func aTextFileWithoutRuleIsOneRecord(size: Int) throws {
    let bytes = randomText(seed: 5, byteCount: size)
    let expected = [PlainRecord(offset: 0, line: 0, bytes: bytes)]
    try check(bytes, name: "a.txt", expected: expected, rule: nil, seed: 5)
  }

  @Test(arguments: [1, 5, 100, 1 << 20])
  func recordsOverTheLimitAreReportedAndTheRestGoesOn(chunk: Int) throws {
    let lines = ["short", String(repeating: "x", count: 50), "", "middle", "yyyyyyyyyyy", "end"]
    let bytes = Array(lines.joined(separator: "\n").utf8)
    var options = ReadingOptions()
    options.chunkByteCount = chunk
    options.maximumRecordByteCount = 10
    for path in try variants(bytes, name: "a.jsonl") {
      let result = try readAll([path], options: options)
      let expected = NaiveSplitter.lines(bytes).filter { $0.bytes.count <= 10 }
      #expect(result.records == expected, "\(path), chunk of \(chunk)")
      #expect(result.reasons == [.recordTooLong, .recordTooLong])
      #expect(result.problems.map(\.error.byte) == [6, 65])
      #expect(result.isDense)
    }
  }

  @Test(arguments: [1, 5, 16, 33, 1 << 20], [ArticleRule.Cut.after, .before])
  func articlesOverTheLimitAreReportedAndTheRestGoesOn(chunk: Int, cut: ArticleRule.Cut) throws {
    let text = "one\n#cut\n" + String(repeating: "long\n", count: 20) + "#cut\nthree\n#cut\nfour"
    let bytes = Array(text.utf8)
    var options = ReadingOptions()
    options.chunkByteCount = chunk
    options.maximumRecordByteCount = 20
    options.articleRule = try ArticleRule(cut: cut, expression: "^#cut$")
    let all = NaiveSplitter.articles(bytes, cut: cut) { $0 == Array("#cut".utf8) }
    for path in try variants(bytes, name: "a.txt") {
      let result = try readAll([path], options: options)
      #expect(result.records == all.filter { $0.bytes.count <= 20 }, "\(path), chunk of \(chunk)")
      #expect(result.reasons == [.recordTooLong])
      #expect(result.isDense)
    }
  }

  @Test(arguments: [1, 3, 8, 1 << 20], [ArticleRule.Cut.after, .before])
  func linesThatAreGivenUpAreReportedOnce(chunk: Int, cut: ArticleRule.Cut) throws {
    let hostile = String(repeating: "a", count: 40) + "!"
    let bytes = Array("aaa\nx\n\(hostile)\ny\naa\nz\n".utf8)
    var options = ReadingOptions()
    options.chunkByteCount = chunk
    options.articleRule = try ArticleRule(cut: cut, expression: "^(a+)+$")
    let all = NaiveSplitter.articles(bytes, cut: cut) { !$0.isEmpty && $0.allSatisfy { $0 == 97 } }
    for path in try variants(bytes, name: "a.txt") {
      let result = try readAll([path], options: options)
      #expect(result.records == all)
      #expect(result.reasons == [.patternLimit])
      #expect(result.problems.map(\.error.byte) == [6])
    }
  }
}
