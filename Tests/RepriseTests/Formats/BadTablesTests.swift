import Foundation
import Reprise
import Testing

@Suite("Tables that break a rule")
struct BadTablesTests {
  private struct Case {
    var table: String
    /// The ids of the rows that are read.
    var ids: [String]
    /// The file's name, the line and the class of each problem, and a part of its message.
    var problems: [(place: String, message: String)]

    init(_ table: String, _ ids: [String], _ problems: (place: String, message: String)...) {
      (self.table, self.ids, self.problems) = (table, ids, problems)
    }
  }

  private static let cases = [
    Case("id,text\n1,one\n2,two\n", ["1", "2"]),
    Case("id,text\n1,one\n2,two", ["1", "2"]),
    Case("id,text\r\n1,one\r\n\r\n2,two\r", ["1", "2"]),
    Case("\u{FEFF}\"id\",\"text\"\n1,one\n\n\n2,two\n\n", ["1", "2"]),
    Case(
      "id,text\n1\n2,two\n", ["2"], ("a.csv:2 malformed-csv", "has 1 field, and the header has 2")),
    Case(
      "id,text\n1,one,\n2,two\n", ["2"],
      ("a.csv:2 malformed-csv", "has 3 fields, and the header has 2 columns")),
    Case(
      "id,text\n1,\"one\ntwo\"\n2,a \"b\" c\n3,three\n", ["1", "3"],
      ("a.csv:4 malformed-csv", "Field 2 has a quote inside")),
    Case(
      "id,text\n1,\"one\" more\n2,two\n", ["2"],
      ("a.csv:2 malformed-csv", "Field 2 has more after its closing quote")),
    Case(
      "id,text\n1,one\n2,\"two\n3,three\n", ["1"],
      ("a.csv:3 malformed-csv", "The quote with which field 2 begins is never closed")),
    Case(
      "id,text\n1,\"one\n2,\"two\"\n3,\"three\"\n", ["3"],
      ("a.csv:2 malformed-csv", "more after its closing quote")),
    Case(
      "id,text\n1,a\rb\n2,two\n", ["2"], ("a.csv:2 malformed-csv", "carriage return")),
    Case("", [], ("a.csv:1 empty-table", "is empty: it has no header")),
    Case("id,text\n", []),
    Case("id,text\n\n\n", []),
    Case("\n \n", [], ("a.csv:1 empty-table", "is empty: it has no header")),
    Case(
      "id,text,text\n1,one,two\n", [],
      ("a.csv:1 malformed-csv", "two columns have the name \"text\"")),
    Case(
      "id,id,text\n1,one,two\n", [], ("a.csv:1 malformed-csv", "two columns have the name \"id\"")),
    Case("id,other,other,text\n1,a,b,one\n", ["1"]),
    Case("\nid,text\n1,one\n", [], ("a.csv:1 malformed-csv", "the first line is blank")),
    Case("id,te\"xt\n1,one\n", [], ("a.csv:1 malformed-csv", "field 2 has a quote inside")),
    Case(
      "id;name\n1;one\n", [],
      ("a.csv:1 missing-text", "split at \";\", its columns are \"id\", \"name\"")),
    Case("Some prose, and a comma.\nMore.\n", [], ("a.csv:1 missing-text", "no column \"text\"")),
    Case("text\none\n\"two\n2\"\n", ["a.csv#2", "a.csv#3"]),
    Case("id|text\n1|one, two\n", ["1"]),
    Case("id\ttext\n1\tone\n", ["1"]),
  ]

  @Test(
    "each is a problem with its line and the rule, and the rest is read", arguments: 0..<cases.count
  )
  func bad(number: Int) throws {
    let wanted = Self.cases[number]
    for (name, chunkByteCount) in [("a.csv", 1 << 20), ("a.csv", 4), ("a.csv.gz", 1 << 20)] {
      let workspace = try Workspace()
      try workspace.write(
        name, Array(wanted.table.utf8), packed: Compression(fileName: BytePath(name)))
      // A document that is read, so that the run does not end.
      try workspace.write("b.txt", text: "other words")
      let results = try workspace.scan(name, "b.txt") { $0.hooks.chunkByteCount = chunkByteCount }
      let ids = results.entries.dropLast().filter { $0.status != .unreadable }.map(\.id)
      #expect(
        ids.map { $0.split(separator: "/").last ?? "" }
          == wanted.ids.map { $0.replacing("a.csv", with: name)[...] })
      #expect(
        results.problems.map(\.place)
          == wanted.problems.map { $0.place.replacing("a.csv", with: name) })
      for (problem, expected) in zip(results.problems, wanted.problems) {
        #expect(problem.message.contains(expected.message), "\(problem.message)")
      }
      // What is not read is not changed.
      try workspace.clean()
      #expect(try Array(workspace.unpacked("cleaned/\(name)").utf8) == Array(wanted.table.utf8))
    }
  }

  @Test func `a quote that never ends is skipped within the limit of a document`() throws {
    let workspace = try Workspace()
    let filler = String(repeating: "no quote here\n", count: 20_000)
    try workspace.write("a.csv", text: "id,text\n1,one\n2,\"\(filler)")
    try workspace.write("b.csv", text: "id,text\n1,one\n2,\"\(filler)\"\n3,three\n")
    for chunkByteCount in [1 << 20, 4_096] {
      let results = try workspace.scan("a.csv", "b.csv", into: "r\(chunkByteCount)") { options in
        options.input.maximumDocumentByteCount = 10_000
        options.hooks.chunkByteCount = chunkByteCount
        options.input.requiresUniqueIDs = false
      }
      #expect(
        results.problems.map(\.place) == ["a.csv:3 record-too-long", "b.csv:3 record-too-long"])
      #expect(
        results.entries.map(\.status) == [.keep, .unreadable, .drop, .unreadable, .keep])
      try workspace.clean("r\(chunkByteCount)", to: "c\(chunkByteCount)")
      #expect(
        try workspace.bytes("c\(chunkByteCount)/a.csv") == workspace.bytes("a.csv"))
      try workspace.clean(
        "r\(chunkByteCount)", to: "d\(chunkByteCount)", droppingUnreadable: true)
      #expect(try workspace.unpacked("d\(chunkByteCount)/a.csv") == "id,text\n1,one\n")
      #expect(try workspace.unpacked("d\(chunkByteCount)/b.csv") == "id,text\n3,three\n")
    }
  }

  @Test func `prose, lists and mark-up are no tables`() throws {
    let texts = [
      "The text, as it is, has commas,\nand every line, like this one, has three, of them,\n",
      "text\n\nA heading of one word, and prose.\n", "text, and more, words\na, b, c\n",
      "id,text\n1,one\n2,two,three\n", "id,text\n1,\"one\n", "id,text\n", "id,text,id\n1,2,3\n",
      "| id | text |\n|----|------|\n| 1  | one  |\n", "|id|text|\n|--|--|\n|1|one|\n",
      "the context,other\n1,2\n",
    ]
    for (index, text) in texts.enumerated() {
      let workspace = try Workspace()
      try workspace.write("\(index).txt", text: text)
      let results = try workspace.scan("\(index).txt")
      #expect(results.entries.map(\.id) == [workspace.path("\(index).txt")], "\(text)")
      #expect(results.problems.isEmpty, "\(text)")
    }
    let workspace = try Workspace()
    try workspace.write("a.md", text: "id,text\n1,one\n")
    #expect(try workspace.scan("a.md").entries.count == 1)
  }

  @Test func `other content under the name of a table is read as what it is`() throws {
    let workspace = try Workspace()
    try workspace.write("a.csv", records: TestRecord.numbered(["one", "two"]))
    try workspace.write("b.tsv", text: "[{\"id\":\"b\",\"text\":\"three\"}]")
    #expect(try workspace.scan("a.csv", "b.tsv").entries.map(\.id) == ["d0", "d1", "b"])
    let results = try workspace.scan("a.csv", into: "text") { $0.input.selection.format = .text }
    #expect(results.entries.count == 1)
  }

  @Test func `a delimiter and the columns are named by options`() throws {
    let workspace = try Workspace()
    try workspace.write("a.csv", text: "key:title:body\nx:T:one two\ny:T:\ny:\"U:V\":three\n")
    let results = try workspace.scan("a.csv") { options in
      options.input.delimiter = UInt8(ascii: ":")
      options.input.textFields = ["title", "body"]
      options.input.idField = "key"
      options.input.requiresUniqueIDs = false
    }
    #expect(results.entries.map(\.id) == ["x", "y", "y"])
    #expect(results.problems.isEmpty)
    #expect(throws: RepriseError.self) {
      try workspace.scan("a.csv") { $0.input.delimiter = UInt8(ascii: "\"") }
    }
    #expect(throws: (any Error).self) { try workspace.scan("a.csv") }
    #expect(throws: (any Error).self) {
      try workspace.scan("a.csv") { options in
        options.input.delimiter = UInt8(ascii: ":")
        options.input.textFields = ["body"]
        options.input.idField = "url"
      }
    }
  }
}
