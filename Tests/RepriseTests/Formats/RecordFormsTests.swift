import Foundation
import Reprise
import Testing

@Suite("Forms of records")
struct RecordFormsTests {
  private static let records = MixedCorpus(families: 40, seed: 31).records

  /// The flat record of a text.
  private struct Flat: Codable {
    var id: String
    var text: String
    var rank: Int
  }

  private static let flat: [Flat] = records.map { record in
    Flat(id: record.id, text: record.text, rank: Int(record.fields[0].json) ?? 0)
  }

  /// Scans the flat records, and others that hold the same, and compares what was decided.
  private func compare(
    _ object: (Flat) -> [String: Any], cuts: Bool = true, text: [String], id: String = "id",
    rank: String = "rank"
  ) throws {
    let workspace = try Workspace()
    let encoder = JSONEncoder()
    try workspace.write(
      "flat.jsonl", Data(try Self.flat.map { try encoder.encode($0) }.joined(separator: [0x0A])))
    let lines = try Self.flat.map { try JSONSerialization.data(withJSONObject: object($0)) }
    try workspace.write("nested.jsonl", Data(lines.joined(separator: [0x0A])))
    let expected = try workspace.scan("flat.jsonl", into: "expected") { options in
      options.matching.find = cuts ? .all : .documents
      options.matching.keep = .highest(field: "rank")
    }
    let results = try workspace.scan("nested.jsonl") { options in
      options.matching.find = cuts ? .all : .documents
      options.matching.keep = .highest(field: rank)
      options.input.textFields = text
      options.input.idField = id
    }
    #expect(results.problems.isEmpty)
    #expect(results.entries.count == expected.entries.count)
    for (entry, other) in zip(results.entries, expected.entries) {
      #expect(entry.id == other.id && entry.status == other.status && entry.cuts == other.cuts)
      #expect(entry.duplicateOf == other.duplicateOf && entry.similarity == other.similarity)
    }
    #expect(!cuts || expected.entries.contains { $0.status == .trim })
    try workspace.clean("expected", to: "flat")
    try workspace.clean("results", to: "nested")
    // The flat records that are left, in the form of the others.
    let left = try workspace.bytes("flat/flat.jsonl").split(separator: 0x0A).map {
      try JSONDecoder().decode(Flat.self, from: Data($0))
    }
    let nested = try workspace.bytes("nested/nested.jsonl").split(separator: 0x0A).map {
      try JSONSerialization.jsonObject(with: Data($0)) as? NSDictionary
    }
    #expect(nested == left.map { object($0) as NSDictionary })
  }

  @Test func `a path of names leads into objects`() throws {
    let object: (Flat) -> [String: Any] = { flat in
      [
        "meta": ["id": flat.id, "rank": flat.rank, "text": 7],
        "content": ["a/b": ["text": flat.text], "text": [1, ["text": "x"]]],
      ]
    }
    try compare(object, text: ["content.a/b.text"], id: "meta.id", rank: "meta.rank")
    try compare(object, text: ["/content/a~1b/text"], id: "/meta/id", rank: "/meta/rank")
  }

  @Test func `a name that has a dot comes before a path`() throws {
    try compare(
      { ["content.text": $0.text, "content": ["text": "other"], "id": $0.id, "rank": $0.rank] },
      text: ["content.text"])
  }

  @Test func `an element of a list, and a list of one, can be cut`() throws {
    try compare(
      { ["list": [["text": "first"], ["text": $0.text]], "id": $0.id, "rank": $0.rank] },
      text: ["/list/1/text"])
    try compare({ ["text": [$0.text], "id": $0.id, "rank": $0.rank] }, text: ["text[]"])
  }

  @Test func `strings of a list, elements and several fields are joined`() throws {
    func halves(_ text: String) -> (String, String) {
      let middle = text.firstIndex(of: "\n") ?? text.endIndex
      return (String(text[..<middle]), String(text[middle...].dropFirst()))
    }
    try compare(
      { flat in
        let (first, second) = halves(flat.text)
        return ["text": [first, second], "id": flat.id, "rank": flat.rank]
      }, cuts: false, text: ["text[]"])
    try compare(
      { flat in
        let (first, second) = halves(flat.text)
        let messages = [["role": "a", "content": first], ["content": second], ["role": "b"]]
        return ["messages": messages, "id": flat.id, "rank": flat.rank]
      }, cuts: false, text: ["messages[].content"])
    try compare(
      { flat in
        let (first, second) = halves(flat.text)
        return ["title": first, "body": ["text": second], "id": flat.id, "rank": flat.rank]
      }, cuts: false, text: ["title", "body.text", "none"])
  }

  @Test func `what is not a text names the field`() throws {
    let workspace = try Workspace()
    try workspace.write(
      "a.jsonl",
      text: """
        {"a":{"b":"words"}}
        {"a":{"b":7}}
        {"a":{"c":"words"}}
        {"a":[{"b":"words"}]}
        {"a":{"b":["x",7]}}
        """)
    let results = try workspace.scan("a.jsonl") { $0.input.textFields = ["a.b"] }
    #expect(results.entries.map(\.status) == [.keep] + .init(repeating: .unreadable, count: 4))
    #expect(
      results.problems.map(\.class)
        == ["text-not-a-string", "missing-text", "missing-text", "text-not-a-string"])
    #expect(results.problems.allSatisfy { $0.message.contains("\"a.b\"") })
  }
}
