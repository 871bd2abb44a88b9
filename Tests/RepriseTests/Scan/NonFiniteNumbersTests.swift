import Reprise
import Testing

/// `NaN`, `Infinity` and `-Infinity`, which Python writes where JSON has no number.
@Suite("Numbers that are not finite")
struct NonFiniteNumbersTests {
  private static let names = ["NaN", "Infinity", "-Infinity"]
  private let text = "one two three four five six seven eight nine ten"

  @Test("they are skipped at any depth of a field that is not asked for, and copied")
  func skipped() throws {
    let workspace = try Workspace()
    var random = RandomTexts(seed: 6)
    let other = random.text(40)
    var records: [TestRecord] = [TestRecord("first", text, ("score", "1"))]
    for name in Self.names {
      records.append(TestRecord("plain \(name)", text, ("score", name)))
      records.append(TestRecord("deep \(name)", text, ("list", "[1,{\"a\":\(name)},\(name) ]")))
    }
    records.append(TestRecord("other", other, ("score", "-Infinity")))
    try workspace.write("data.jsonl", records: records)
    let results = try workspace.scan("data.jsonl")
    #expect(results.problems.isEmpty)
    #expect(results.ids(.keep) == ["first", "other"])
    try workspace.clean()
    let expected = [records[0], records[records.count - 1]]
    #expect(try workspace.bytes("cleaned/data.jsonl") == TestRecord.lines(expected))
  }

  @Test("they are no text, no id and no value of the keep order", arguments: names)
  func askedFor(name: String) throws {
    let workspace = try Workspace()
    let lines = [
      "{\"id\":\(name),\"text\":\"\(text)\",\"score\":1}",
      "{\"id\":\"b\",\"text\":\"\(text)\",\"score\":\(name)}",
      "{\"id\":\"c\",\"text\":\(name),\"score\":3}",
    ]
    try workspace.write("data.jsonl", (lines.joined(separator: "\n") + "\n").utf8)
    let results = try workspace.scan("data.jsonl") { $0.matching.keep = .highest(field: "score") }
    #expect(results.problems.map(\.class) == ["missing-order-field", "text-not-a-string"])
    #expect(results.problems.map(\.line) == [2, 3])
    #expect(results.entries.map(\.status) == [.keep, .drop, .unreadable])
    #expect(results.entries[0].id.hasSuffix("data.jsonl#1"))
  }
}
