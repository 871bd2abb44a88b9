import Foundation
import Testing

@testable import Reprise

@Suite("JSON under any name")
struct JSONByContentTests {
  private static let records = MixedCorpus(families: 40, seed: 12).records

  private static func array(_ records: [TestRecord], pretty: Bool) -> String {
    guard pretty else { return "[" + records.map(\.line).joined(separator: ", ") + "]" }
    let objects = records.map { record in
      "  {\n" + record.line.dropFirst().dropLast().replacing(",\"rank\"", with: ",\n    \"rank\"")
        + "\n  }"
    }
    return "[\n" + objects.joined(separator: ",\n") + "\n]\n"
  }

  @Test(
    "lines are read as records",
    arguments: ["a.json", "a.jl", "a", "a.txt", "a.data", "a.json.gz", "a.zst"])
  func lines(name: String) throws {
    let workspace = try Workspace()
    let bytes = TestRecord.lines(Self.records)
    try workspace.write("a.jsonl", bytes)
    let expected = try workspace.scan("a.jsonl", into: "expected") { $0.matching.find = .all }
    try workspace.write(name, bytes, packed: Compression(fileName: BytePath(name)))
    let results = try workspace.scan(name) { $0.matching.find = .all }
    #expect(results.entries.map(Decision.init) == expected.entries.map(Decision.init))
    try workspace.clean("expected", to: "one")
    try workspace.clean("results", to: "two")
    #expect(try workspace.unpacked("two/\(name)") == workspace.unpacked("one/a.jsonl"))
  }

  @Test(
    "an array is read as its elements, and stays an array", arguments: [false, true],
    ["a.json", "a.json.gz", "a.array"])
  func arrays(pretty: Bool, name: String) throws {
    let workspace = try Workspace()
    try workspace.write("a.jsonl", TestRecord.lines(Self.records))
    let expected = try workspace.scan("a.jsonl", into: "expected") { $0.matching.find = .all }
    try workspace.write(
      name, Array(Self.array(Self.records, pretty: pretty).utf8),
      packed: Compression(fileName: BytePath(name)))
    for chunkByteCount in [1 << 20, 3_000] {
      let results = try workspace.scan(name, into: "r\(chunkByteCount)") {
        $0.matching.find = .all
        $0.hooks.chunkByteCount = chunkByteCount
      }
      #expect(results.entries.map(Decision.init) == expected.entries.map(Decision.init))
      #expect(results.problems.isEmpty)
      try workspace.clean("r\(chunkByteCount)", to: "c\(chunkByteCount)")
      let left = try Row.array(workspace.unpacked("c\(chunkByteCount)/\(name)"))
      try workspace.clean("expected", to: "lines\(chunkByteCount)")
      #expect(try left == Row.lines(workspace.unpacked("lines\(chunkByteCount)/a.jsonl")))
    }
  }

  @Test("any elements can be dropped from an array", arguments: 0..<64)
  func everyDrop(mask: Int) throws {
    let workspace = try Workspace()
    var random = RandomTexts(seed: UInt64(mask))
    let kept = random.text(60)
    // A bit says that the element is a copy of a text that comes in a file before.
    let records = (0..<6).map { index in
      TestRecord("e\(index)", mask >> index & 1 == 1 ? kept : random.text(60))
    }
    try workspace.write("0.txt", text: kept)
    try workspace.write("1.json", text: Self.array(records, pretty: mask % 2 == 0))
    _ = try workspace.scan("0.txt", "1.json")
    try workspace.clean()
    let left = try Row.array(workspace.unpacked("cleaned/1.json"))
    #expect(left.map(\.id) == (0..<6).filter { mask >> $0 & 1 == 0 }.map { "e\($0)" })
  }

  @Test func `what is wrong with an array is a problem, and the rest is read`() throws {
    let (one, two) = ("{\"id\":\"1\",\"text\":\"a b\"}", "{\"id\":\"2\",\"text\":\"c d\"}")
    let cases: [(array: String, documents: Int, problems: [String])] = [
      ("[\(one),\(two)]", 2, []), ("[\(one), 7, \(two)]", 3, ["not-an-object"]),
      ("[\(one),\(two)", 2, ["malformed-json"]), ("[\(one),\(two),]", 2, ["malformed-json"]),
      ("[\(one),,\(two)]", 2, ["malformed-json"]),
      ("[\(one),\(two)] x", 2, ["malformed-json"]),
      ("[\(one),\(one) \(two)]", 3, ["malformed-json"]),
      ("[\(one) \(two)]", 2, ["malformed-json"]), ("[\(one)\(two)]", 2, ["malformed-json"]),
      ("[\(one),\(two),{\"id\":\"3\",\"te", 3, ["malformed-json", "malformed-json"]),
      ("[\(one),\"]\",\(two)]", 3, ["not-an-object"]), ("[\(one),[\(two)]]", 2, ["not-an-object"]),
    ]
    for (array, documents, problems) in cases {
      let workspace = try Workspace()
      try workspace.write("a.json", text: array)
      let results = try workspace.scan("a.json")
      #expect(results.entries.count == documents, "\(array)")
      let classes = results.problems.map(\.class).filter { $0 != "duplicate-id" }
      #expect(classes == problems, "\(array)")
    }
  }

  @Test(arguments: [1, 8, 1 << 20])
  func `of bytes before an array the first is told, and no later bracket opens it`(
    chunk: Int
  ) throws {
    let (one, two) = ("{\"id\":\"1\",\"text\":\"a b\"}", "{\"id\":\"2\",\"text\":\"c d\"}")
    let workspace = try Workspace()
    try workspace.write("a.json", text: "\n x, \(one), [\(two), 3]]")
    let results = try workspace.scan("a.json") {
      $0.input.selection.format = .jsonArray
      $0.hooks.chunkByteCount = chunk
    }
    #expect(results.entries.map(\.status) == [.unreadable, .keep, .unreadable])
    let first = try #require(results.problems.first)
    #expect(first.class == "malformed-json" && first.byte == 2)
    #expect(first.message.contains("does not begin with a bracket"))
  }

  @Test func `settings and prose that look like JSON are texts`() throws {
    let texts = [
      "{\n  \"name\": \"a\",\n  \"version\": 1\n}\n", "{\"name\":\"a\"}", "{{Infobox|a}}\nText",
      "[1, 2, 3]",
      "[[a]]", "{", "[", "{}", "", "[\n", "{ not JSON }\n{ not JSON }", "[{]", "{\"a\": {\n}",
    ]
    for (index, text) in texts.enumerated() {
      let workspace = try Workspace()
      try workspace.write("\(index).json", text: text)
      let results = try workspace.scan("\(index).json")
      #expect(results.entries.map(\.id) == [workspace.path("\(index).json")], "\(text)")
      #expect(results.problems.isEmpty, "\(text)")
    }
  }

  @Test func `arrays whose elements are all dropped stay arrays, and nothing drops them`() throws {
    let workspace = try Workspace()
    let array = Self.array(Array(Self.records.prefix(3)), pretty: false)
    for name in ["1.json", "2.json", "3.json"] { try workspace.write("in/\(name)", text: array) }
    _ = try workspace.scan("in")
    try workspace.clean()
    let again = try workspace.scan("cleaned", into: "again")
    #expect(again.entries.map(\.status) == [.keep, .keep, .keep] && again.problems.isEmpty)
    try workspace.clean("again", to: "twice")
    #expect(try Row.array(workspace.unpacked("twice/3.json")).isEmpty)
  }

  @Test func `objects over several lines are refused by name`() throws {
    let workspace = try Workspace()
    let object = "{\n  \"id\": \"a\",\n  \"text\": \"some words\"\n}\n"
    try workspace.write("a.json", text: object + object)
    let results = try workspace.scan("a.json")
    #expect(results.entries.map(\.status) == [.unreadable])
    #expect(results.problems.first?.message.contains("jq -c") == true)
    try workspace.clean()
    #expect(try workspace.bytes("cleaned/a.json") == Array((object + object).utf8))
  }

  @Test func `numbers that are not finite are passed over, and are no ids, texts or dates`() throws
  {
    let workspace = try Workspace()
    let lines = [
      #"{"id":"a","text":"one two three","score":NaN}"#,
      #"{"id":"b","text":"one two three","score":[-Infinity,Infinity]}"#,
      #"{"id":NaN,"text":"four five"}"#, #"{"id":"d","text":NaN}"#,
    ]
    try workspace.write("a.jsonl", text: lines.joined(separator: "\n"))
    let results = try workspace.scan("a.jsonl") { $0.matching.keep = .highest(field: "score") }
    #expect(results.entries.map(\.status) == [.keep, .drop, .keep, .unreadable])
    #expect(results.entries[2].id == workspace.path("a.jsonl") + "#3")
    let classes = results.problems.map(\.class).sorted()
    #expect(classes == Array(repeating: "missing-order-field", count: 3) + ["text-not-a-string"])
  }

  /// What was decided of a record.
  private struct Decision: Equatable {
    var values: [String]

    init(_ entry: ManifestEntry) {
      values = [
        entry.id, entry.status.rawValue, entry.reason?.rawValue ?? "", entry.duplicateOf ?? "",
        "\(entry.similarity ?? -1)", "\(entry.cluster ?? -1)", "\(entry.cuts)",
      ]
    }
  }

  /// A record as Foundation reads it.
  private struct Row: Codable, Equatable {
    var id: String
    var text: String

    static func array(_ json: String) throws -> [Row] {
      try JSONDecoder().decode([Row].self, from: Data(json.utf8))
    }

    static func lines(_ json: String) throws -> [Row] {
      try json.split(separator: "\n").map {
        try JSONDecoder().decode(Row.self, from: Data($0.utf8))
      }
    }
  }
}
