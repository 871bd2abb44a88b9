import Foundation
import Reprise
import Testing

/// Fields inside objects and lists, and texts of several strings, against Foundation's JSON parser.
@Suite("Paths of fields")
struct FieldPathTests {
  /// Steps into a parsed record, written without the parser of paths.
  private static func values(_ value: Any?, _ steps: [String]) -> [Any] {
    guard let value else { return [] }
    guard let step = steps.first else { return [value] }
    let rest = Array(steps.dropFirst())
    if step == "[]" { return (value as? [Any] ?? []).flatMap { values($0, rest) } }
    if let list = value as? [Any] {
      guard step.hasPrefix("#"), let place = Int(step.dropFirst()) else { return [] }
      return place < list.count ? values(list[place], rest) : []
    }
    return values((value as? [String: Any])?[step.replacing("#", with: "")], rest)
  }

  private static func text(_ record: String, _ fields: [(name: String, steps: [String])]) -> String?
  {
    let tree = (try? JSONSerialization.jsonObject(with: Data(record.utf8))) as? [String: Any]
    let groups = fields.map { field in
      let exact = tree?[field.name]
      return (exact.map { [$0] } ?? values(tree, field.steps)).filter { !($0 is NSNull) }
    }.filter { !$0.isEmpty }
    let strings = groups.map { $0.compactMap { $0 as? String } }
    guard !groups.isEmpty, strings.map(\.count) == groups.map(\.count) else { return nil }
    return strings.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
  }

  private static let records = [
    #"{"a":{"b":"one \u00e9 two"},"a.b":"exact"}"#, #"{"a":{"b":"one"},"x":1}"#,
    #"{"a":{"b":"first","b":"last"}}"#, #"{"a":{"b":null}}"#, #"{"a":{"b":{"c":"deep"}}}"#,
    #"{"a":[{"b":"zero"},{"b":"one\ntwo"},{"c":1},{"b":null},7,{"b":""}]}"#, #"{"a":[]}"#,
    #"{"a":["x","y\t",null,"z"]}"#, #"{"a":["x",1]}"#, #"{"a":[["p","q"],["r"],[]],"t":"title"}"#,
    #"{ "t" : "title" , "a" : { "b" : "body" } , "a/b" : "slash" }"#, #"{"t":"only"}"#, "{}",
    #"{"/a/b":"named","a":{"b":"inner"}}"#, #"{"a":{"0":"key","b":[" v "]},"t":null}"#,
    #"{"\u0061":{"\u0062":"escaped names"}}"#, #"{"a":"text","t":["list"]}"#, #"{"a~b":{"":"e"}}"#,
  ]

  private static let fields: [[(name: String, steps: [String])]] = [
    [("a.b", ["a", "b"])], [("/a/b", ["a", "b"])], [("a[].b", ["a", "[]", "b"])],
    [("a[]", ["a", "[]"])], [("a[][]", ["a", "[]", "[]"])], [("/a/0", ["a", "#0"])],
    [("/a/1/b", ["a", "#1", "b"])], [("a.b.c", ["a", "b", "c"])], [("/a~1b", ["a/b"])],
    [("/a~0b/", ["a~b", ""])], [("t", ["t"]), ("a.b", ["a", "b"])],
    [("a[].b", ["a", "[]", "b"]), ("t", ["t"])], [("a.b", ["a", "b"]), ("t", ["t"])],
    [("a[]", ["a", "[]"]), ("a.b", ["a", "b"]), ("t", ["t"])],
  ]

  @Test("the text of each record is that of a naive reader", arguments: fields.indices)
  func twin(index: Int) throws {
    let fields = Self.fields[index]
    var reader = DocumentReader(DocumentFields(text: fields.map(\.name), id: "id"))
    for record in Self.records {
      let expected = Self.text(record, fields)
      let found: String? = unsafe Array(record.utf8).withUnsafeBytes { bytes in
        guard (try? unsafe reader.read(bytes, .jsonLines, isFirst: false)) != nil else {
          return nil
        }
        return unsafe String(decoding: reader.text, as: UTF8.self)
      }
      #expect(found == expected, "\(fields.map(\.name)) of \(record)")
    }
  }

  @Test("the id and the keep order follow paths; a null is no id, and a number is one")
  func otherFields() throws {
    let workspace = try Workspace()
    let text = "\"one two three four five six seven\""
    let records = [
      "{\"meta\":{\"id\":12345678901234567890,\"rank\":1},\"c\":{\"t\":\(text)}}",
      "{\"meta\":{\"id\":\"b\",\"rank\":3},\"c\":{\"t\":\(text)}}",
      "{\"meta\":{\"id\":null,\"rank\":2},\"c\":{\"t\":\(text)}}",
      "{\"meta\":{},\"c\":{}}",
    ]
    try workspace.write("data.jsonl", text: records.joined(separator: "\n"))
    let results = try workspace.scan("data.jsonl") {
      $0.input.textFields = ["c.t"]
      $0.input.idField = "meta.id"
      $0.matching.keep = .highest(field: "/meta/rank")
    }
    #expect(results.entries.map(\.status) == [.drop, .keep, .drop, .unreadable])
    let path: String = workspace.path("data.jsonl")
    #expect(
      results.entries.map(\.id) == ["12345678901234567890", "b", "\(path)#3", "\(path)#4"])
    #expect(
      results.problems.map(\.message) == [
        "The record has no field \"c.t\". Its first fields are \"meta\", \"c\"."
      ])
  }

  @Test("cuts of a text of several strings are made in each of them", arguments: [false, true])
  func cleaning(isReversed: Bool) throws {
    var random = RandomTexts(seed: 14)
    let workspace = try Workspace()
    // Escapes and long characters, so that places in the text differ from those in the record.
    let shared = (0..<4).map { "Caf\u{E9} \"\($0)\" \u{1F600} \(random.text(70)).\n" }
    let own = (0..<8).map { "Own \\ \($0). \(random.text(60)).\n" }
    func record(_ id: Int, _ title: String, _ messages: [String]) -> String {
      let list = messages.map { "{\"role\":\"user\",\"content\":\(TestRecord.json($0))}" }
      let fields = [
        "\"title\":\(TestRecord.json(title))", "\"messages\":[\(list.joined(separator: ","))]",
      ]
      let ordered = isReversed ? fields.reversed() : fields
      return "{\"id\":\"d\(id)\",\(ordered.joined(separator: ","))}"
    }
    let records = [
      record(0, own[0] + shared[0], [shared[1] + own[1], own[2], shared[2] + shared[3]]),
      record(1, shared[0] + own[3], [own[4] + shared[1], own[5] + shared[2] + own[6], own[7]]),
    ]
    try workspace.write("data.jsonl", text: records.joined(separator: "\n") + "\n")
    let results = try workspace.scan("data.jsonl") {
      $0.input.textFields = ["title", "messages[].content"]
      $0.matching.find = .all
    }
    #expect(results.problems.isEmpty && results.ids(.trim) == ["d1"])
    try workspace.clean()
    let cleaned = String(decoding: try workspace.bytes("cleaned/data.jsonl"), as: UTF8.self)
    let lines = cleaned.split(separator: "\n").map(String.init)
    try #require(lines.count == 2 && lines[0] == records[0])
    let fields = [("title", ["title"]), ("messages[].content", ["messages", "[]", "content"])]
    // All bytes of the text but those of the cuts are left, in the strings that they were in.
    var text = Array(try #require(Self.text(records[1], fields)).utf8)
    for cut in try results.entry("d1").cuts.reversed() { text.removeSubrange(cut.start..<cut.end) }
    let left = try #require(Self.text(lines[1], fields))
    #expect(left == String(decoding: text, as: UTF8.self))
    #expect(left.contains("Own \\ 3.") && left.contains("Own \\ 7."))
    #expect(!shared[0...2].contains { left.contains($0.dropFirst(20).prefix(100)) })
  }
}
