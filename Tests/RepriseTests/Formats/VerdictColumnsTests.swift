import Foundation
import Reprise
import Testing

/// The decisions as fields of the records, against lines that were written by hand.
@Suite("Columns with the decisions")
struct VerdictColumnsTests {
  private static let text = "alpha beta gamma delta epsilon zeta eta theta iota kappa"
  private static let kept =
    #""reprise_status":"keep","reprise_reason":null"#
    + #","reprise_duplicate_of":null,"reprise_similarity":null,"reprise_cluster":0"#
  private static let dropped =
    #""reprise_status":"drop","reprise_reason":"exact""#
    + #","reprise_duplicate_of":"a","reprise_similarity":1.0,"reprise_cluster":0"#

  private func cleaned(_ name: String, _ content: String) throws -> String {
    let workspace = try Workspace()
    try FileManager.default.createDirectory(
      at: workspace.url("corpus"), withIntermediateDirectories: true)
    try workspace.write(
      "corpus/\(name)", Array(content.utf8), packed: Compression(fileName: BytePath(name)))
    _ = try workspace.scan("corpus") { $0.input.requiresUniqueIDs = false }
    let report = try workspace.clean(addingColumns: true)
    #expect(report.droppedCount == 0 && report.writtenFileCount == 1)
    return try workspace.unpacked("cleaned/\(name)")
  }

  @Test(arguments: ["a.jsonl", "a.jsonl.zst", "a.jsonl.gz"])
  func `JSON Lines`(name: String) throws {
    let lines = [
      #"{"text":"\#(Self.text)","id":"a""#, #" { "text" : "\#(Self.text)", "x": {} "#,
    ]
    let missing = #"{"id":"x""#
    let content = lines[0] + "}\n" + lines[1] + "}  \r\n\nno json\n" + missing + "}"
    let unreadable =
      #""reprise_status":"unreadable","reprise_reason":"missing-text""#
      + #","reprise_duplicate_of":null,"reprise_similarity":null,"reprise_cluster":null"#
    #expect(
      try cleaned(name, "\u{FEFF}" + content)
        == "\u{FEFF}\(lines[0]),\(Self.kept)}\n\(lines[1]),\(Self.dropped)}  \r\n\nno json\n"
        + "\(missing),\(unreadable)}")
  }

  @Test func `a JSON array`() throws {
    let one = #"{"text":"\#(Self.text)","id":"a""#
    let other = #"{"q":[{"text":1}],"text":"\#(Self.text)""#
    #expect(
      try cleaned("a.json", "[\(one)},\n  \(other)} , 5]\n")
        == "[\(one),\(Self.kept)},\n  \(other),\(Self.dropped)} , 5]\n")
  }

  @Test(arguments: [(",", "\r\n", "a.csv"), ("\t", "\n", "a.tsv"), (";", "\n", "a.csv.gz")])
  func `tables`(delimiter: String, end: String, name: String) throws {
    func row(_ cells: String...) -> String { cells.joined(separator: delimiter) }
    let names = ["status", "reason", "duplicate_of", "similarity", "cluster"].map {
      "reprise_\($0)"
    }
    let rows = [
      row("id", "text"), row("\"a\(delimiter)\"\"\"", Self.text), row("b", "\"\(Self.text)\""),
      row("c", "bad", "row", "x"), row("d", "\"two\n lines\""),
    ]
    let wanted = [
      row(rows[0], names.joined(separator: delimiter)), row(rows[1], "keep", "", "", "", "0"),
      row(rows[2], "drop", "exact", "\"a\(delimiter)\"\"\"", "1.0", "0"), rows[3],
      row(rows[4], "keep", "", "", "", ""),
    ]
    #expect(
      try cleaned(name, rows.joined(separator: end)) == wanted.joined(separator: end))
  }

  @Test func `files that could not be read are copied`() throws {
    let workspace = try Workspace()
    let packed: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xFF, 0xFF, 0xFF]
    let files = [("a.jsonl.gz", packed), ("b.parquet", Array("PAR1 and no more".utf8))]
    for (name, bytes) in files { try workspace.write("corpus/\(name)", bytes) }
    try workspace.write("corpus/c.jsonl", text: #"{"text":"one"}"#)
    _ = try workspace.scan("corpus") { $0.input.requiresUniqueIDs = false }
    #expect(try workspace.clean(addingColumns: true).writtenFileCount == 3)
    for (name, bytes) in files { #expect(try workspace.bytes("cleaned/\(name)") == bytes) }
  }

  @Test(arguments: [
    ("a.jsonl", #"{"text":"one","reprise_reason":1}"# + "\n", "there is a \"reprise_reason\""),
    ("a.csv", "text,reprise_status\none,two\n", "there is a \"reprise_status\" already"),
    ("a.txt", "one text\n", "columns can be added to records only, and this is a text"),
  ])
  func `what cannot get columns is refused`(name: String, text: String, sentence: String) throws {
    let error = #expect(throws: RepriseError.self) { try cleaned(name, text) }
    #expect(error?.description.contains(sentence) ?? false)
  }
}
