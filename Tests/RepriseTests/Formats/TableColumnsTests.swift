import Foundation
import Reprise
import Testing

@Suite("Columns of tables")
struct TableColumnsTests {
  /// The text of a record in two columns, the first of which may be empty.
  private static func halves(_ text: String) -> (String, String) {
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    let first = words.prefix(words.count / 3).joined(separator: " ")
    return (first, words.dropFirst(words.count / 3).joined(separator: " \"\" , "))
  }

  @Test func `several columns are joined and cut as several fields are`() throws {
    let workspace = try Workspace()
    let records = MixedCorpus(families: 40, seed: 31).records.map { record in
      let (first, second) = Self.halves(record.text)
      return TestRecord(
        record.id, "unused", ("head", TestRecord.json(first)), ("body", TestRecord.json(second)))
    }
    try workspace.write("a.jsonl", records: records)
    // The values of the fields themselves.
    let plain = records.map { record in
      var record = record
      record.fields = record.fields.map { field in
        let text = (try? JSONDecoder().decode(String.self, from: Data(field.json.utf8))) ?? ""
        return (field.name, text)
      }
      return record
    }
    try workspace.write("a.csv", TestTable(plain, lineEnd: "\r\n").bytes)
    for (name, output) in [("a.jsonl", "lines"), ("a.csv", "rows")] {
      let results = try workspace.scan(name, into: output) { options in
        options.matching.find = .all
        options.input.textFields = ["head", "body"]
      }
      #expect(results.problems.isEmpty)
      #expect(!results.ids(.trim).isEmpty && !results.ids(.drop).isEmpty)
      try workspace.clean(output, to: "\(output)-cleaned")
    }
    let lines = try workspace.bytes("lines-cleaned/a.jsonl").split(separator: 0x0A).map {
      try JSONDecoder().decode([String: String].self, from: Data($0))
    }
    let rows = try TableTwin.rows(workspace.path("rows-cleaned/a.csv"), delimiter: ",")
    #expect(rows.count == lines.count + 1)
    for (row, line) in zip(rows.dropFirst(), lines) {
      #expect(row.fields == [line["id"], "unused", line["head"], line["body"]])
    }
  }

  @Test(
    "what comes before the damage of a packed file is read", arguments: ["a.csv.gz", "a.json.gz"])
  func damage(name: String) throws {
    let workspace = try Workspace()
    let records = MixedCorpus(families: 40, seed: 3).records
    let bytes = name.contains("csv") ? TestTable(records).bytes : TestRecord.lines(records)
    try workspace.write("whole/other", [])
    try workspace.write("whole/\(name)", bytes, packed: .gzip)
    let packed = try workspace.bytes("whole/\(name)")
    try workspace.write(name, packed.prefix(packed.count * 2 / 3))
    let results = try workspace.scan(name)
    #expect(results.problems.map(\.class) == ["truncated"])
    let whole = try workspace.scan("whole/\(name)", into: "all")
    let ids = results.entries.filter { $0.status != .unreadable }.map(\.id)
    #expect(ids.count > records.count / 3)
    #expect(ids == whole.entries.map(\.id).prefix(ids.count).map { $0 })
  }
}
