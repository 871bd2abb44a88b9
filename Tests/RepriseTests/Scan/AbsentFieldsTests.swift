import Reprise
import Testing

/// Fields that no record has, against fields that some records have.
@Suite("Fields that no record has")
struct AbsentFieldsTests {
  private static let records = [
    "{\"id\":\"a\",\"text\":\"one two three\",\"meta\":{\"score\":1},\"odd\":[1]}",
    "{\"id\":\"b\",\"text\":\"four five six\",\"url\":\"u\",\"date\":\"2024-01-01\"}",
  ]

  private func error(
    _ lines: [String], name: String = "data.jsonl", _ configure: (inout ScanOptions) -> Void
  ) throws -> String? {
    let workspace = try Workspace()
    let bytes = Array(lines.map { $0 + "\n" }.joined().utf8)
    let compression: Compression = name.hasSuffix(".gz") ? .gzip : .none
    try workspace.write(name, bytes, packed: compression)
    try workspace.write("plain.txt", text: "a text file")
    do {
      _ = try workspace.scan(name, "plain.txt") { configure(&$0) }
      return nil
    } catch let error as RepriseError {
      #expect(try workspace.files(below: "").filter { $0.contains("results") } == [])
      return error.description.replacing("\(workspace.path("") as String)/", with: "")
    }
  }

  @Test("end the run, with the fields of a record", arguments: ["data.jsonl", "data.jsonl.gz"])
  func absent(name: String) throws {
    let seen = "the first record has \"id\", \"text\", \"meta\", \"odd\"."
    let id = try error(Self.records, name: name) { $0.input.idField = "key" }
    #expect(id == "No record has the field \"key\" for the id; \(seen)")
    for policy in [KeepPolicy.newest(field: "day"), .highest(field: "day")] {
      let order = try error(Self.records, name: name) { $0.matching.keep = policy }
      #expect(order == "No record has the field \"day\" for the keep order; \(seen)")
    }
    let text = try error(Self.records, name: name) { $0.input.textFields = ["body", "meta.body"] }
    #expect(text?.contains("no record has the text") == true)
    #expect(text?.contains("none of the fields \"body\", \"meta.body\"") == true)
    #expect(text?.contains("Its first fields are \"id\", \"text\", \"meta\", \"odd\".") == true)
  }

  @Test("a field of some records, or with unusable values, does not end it")
  func present() throws {
    #expect(try error(Self.records) { $0.input.idField = "url" } == nil)
    #expect(try error(Self.records) { $0.matching.keep = .newest(field: "date") } == nil)
    #expect(try error(Self.records) { $0.matching.keep = .highest(field: "date") } == nil)
    #expect(try error(Self.records) { $0.matching.keep = .highest(field: "meta.score") } == nil)
    #expect(try error(Self.records) { $0.input.textFields = ["url"] } == nil)
    #expect(try error(Self.records) { $0.input.textFields = ["odd"] } == nil)
    let noID = Self.records.map { $0.replacing("\"id\"", with: "\"name\"") }
    #expect(try error(noID) { _ in } == nil)
    #expect(try error([]) { $0.input.idField = "key" } == nil)
  }
}
