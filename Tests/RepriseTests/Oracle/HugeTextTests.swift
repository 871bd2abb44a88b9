import Foundation
import Reprise
import RepriseTestSupport
import Testing

/// Lines of 50 MB.
@Suite(
  .serialized, .timeLimit(.minutes(2)),
  .enabled(if: SharedCorpora.isTableWanted, "takes long in a debug build: set REPRISE_TABLE=1"))
struct HugeTextTests {
  private static let size = 50_000_000

  /// Words that do not repeat soon, without a line end.
  private static func prose() -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(size + 100)
    var number: UInt64 = 1
    while result.count < size {
      number = number &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      result += Array("word\(number >> 40) and so on, ".utf8)
    }
    return result
  }

  @Test("A text of 50 MB in one line, one of one word, and a record around one")
  func hugeTexts() throws {
    let scratch = TestFolder()
    let prose = Self.prose()
    var word: [UInt8] = []
    for _ in 0..<Self.size / 10 { word += Array("abcdefghij".utf8) }
    var records = Array("{\"id\":\"a\",\"text\":\"a short text\"}\n{\"id\":\"b\",\"text\":\"".utf8)
    records += prose
    records += Array("\"}\n{\"id\":\"c\",\"text\":\"another short text\"}\n".utf8)
    for (name, bytes) in [("1.txt", prose), ("2.txt", word), ("3.jsonl", records)] {
      try Data(bytes).write(to: scratch.url.appendingPathComponent(name))
    }
    let outcome = try ScanOutcome([scratch.url])
    #expect(outcome.problems.isEmpty)
    #expect(outcome.manifest.map(\.status) == ["keep", "keep", "keep", "drop", "keep"])
    #expect(outcome.manifest[3].id == "b" && outcome.manifest[3].reason == "exact")
    #expect(outcome.manifest[1].length == word.count)
    #expect(outcome.manifest[4].offset == records.count - 39)
    print("huge texts: \(outcome.seconds) s")
  }
}
