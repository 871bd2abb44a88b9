import Foundation
import Reprise
import RepriseFormats
import Testing

@Suite("Results for a spreadsheet")
struct ExportTests {
  private static let hostile = [
    "=1+1", "+49 30", "-2", "@SUM(A1)", "\tx", "\u{FF1D}1", "a\"b\"", "x,y;z",
    "line\r\nend\rof\nfile",
    "nul\u{0}bell\u{7}", "'quoted", "", "0012345678901234567890", "1e5", "\u{202E}evil",
    "caf\u{E9}", "_x0041_ and _x41_", "<b>&amp;]]>", "\u{FFFE}", " spaces ", "\"\u{301}",
  ]

  /// Results of documents with such ids and titles, each with a copy.
  private static func results(_ workspace: Workspace) throws -> ScanResults {
    var random = RandomTexts(seed: 8)
    var records: [TestRecord] = []
    for (index, text) in hostile.enumerated() {
      let body = "\(text) is the first line here\n" + random.text(120)
      records.append(TestRecord("\(text)#\(index)", body))
      records.append(TestRecord("copy \(index)", body + " \(random.text(2))"))
    }
    records.append(TestRecord("with passage", random.text(30) + ".\n" + records[0].text))
    records.append(TestRecord("more", records[0].text + "\n" + random.text(100)))
    try workspace.write("a.jsonl", TestRecord.lines(records))
    return try workspace.scan("a.jsonl") {
      $0.matching.find = .all
      $0.matching.cuts.contained = 0
    }
  }

  /// The rows of a file as Python's csv reads them.
  private static func rows(_ path: String, separator: String = ",") throws -> [[String]] {
    let script = """
      import csv, json, sys
      with open(sys.argv[1], encoding="utf-8-sig", newline="") as file:
          print(json.dumps(list(csv.reader(file, delimiter=sys.argv[2], strict=True))))
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script, path, separator]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return try JSONDecoder().decode([[String]].self, from: output)
  }

  private static func expected(_ text: String?) -> String {
    guard let text else { return "" }
    let lines = text.replacingOccurrences(of: "\r\n", with: "\n").replacingOccurrences(
      of: "\r", with: "\n")
    let controls = String(
      String.UnicodeScalarView(
        lines.unicodeScalars.map {
          $0 != "\n" && $0 != "\t" && $0.properties.generalCategory == .control ? "\u{FFFD}" : $0
        }))
    let first = text.unicodeScalars.first.map(String.init) ?? ""
    return (["=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}"].contains(first) ? "'" : "")
      + controls
  }

  @Test("are read by Python's csv, value by value, and no cell is a formula")
  func roundTrip() throws {
    let workspace = try Workspace()
    let results = try Self.results(workspace)
    let files = try Export(results: workspace.path("results"), output: workspace.path("sheets"))
      .run().sheets
    #expect(
      files.map(\.file) == [
        "documents.csv", "clusters.csv", "pairs.csv", "passages.csv", "sources.csv",
      ])
    let rows = try Self.rows(workspace.path("sheets/documents.csv"))
    #expect(rows.count == results.entries.count + 1 && files[0].rowCount == results.entries.count)
    let columns = Dictionary(uniqueKeysWithValues: zip(rows[0], 0...))
    for (row, entry) in zip(rows.dropFirst(), results.entries) {
      func cell(_ name: String) -> String { columns[name].map { row[$0] } ?? "no column" }
      #expect(row.count == rows[0].count)
      #expect(Array(cell("id").unicodeScalars) == Array(Self.expected(entry.id).unicodeScalars))
      #expect(cell("title") == Self.expected(entry.title))
      #expect(cell("status") == entry.status.rawValue)
      #expect(cell("reason") == entry.reason?.rawValue ?? "")
      #expect(cell("similarity") == entry.similarity.map { "\($0)" } ?? "")
      #expect(cell("cut_bytes") == "\(entry.cuts.reduce(0) { $0 + $1.end - $1.start })")
      #expect(cell("duplicate_of") == Self.expected(entry.duplicateOf))
    }
    for file in files {
      let cells = try Self.rows(workspace.path("sheets/\(file.file)")).flatMap(\.self)
      let number = try Regex(#"-?[0-9.]+(e-?[0-9]+)?"#)
      #expect(
        cells.allSatisfy { cell in
          cell.wholeMatch(of: number) != nil || !"=+-@\t\r\n".contains(cell.first ?? "a")
        })
      #expect(file.rowCount > 0, "\(file.file)")
    }
  }

  @Test("may have another separator, a decimal comma, findings alone, and no guard")
  func options() throws {
    let workspace = try Workspace()
    let results = try Self.results(workspace)
    var rules = SheetRules()
    rules.separator = UInt8(ascii: ";")
    (rules.hasDecimalComma, rules.onlyFindings) = (true, true)
    (rules.guardsFormulas, rules.hasByteOrderMark) = (false, false)
    _ = try Export(
      results: workspace.path("results"), output: workspace.path("sheets"), rules: rules
    )
    .run()
    #expect(try workspace.bytes("sheets/documents.csv").first == UInt8(ascii: "\""))
    let rows = try Self.rows(workspace.path("sheets/documents.csv"), separator: ";")
    let findings = results.entries.filter { $0.status != .keep }
    #expect(rows.count == findings.count + 1)
    let similarity = try #require(rows[0].firstIndex(of: "similarity"))
    #expect(rows.dropFirst().contains { $0[similarity].hasPrefix("0,") })
    let pairs = try Self.rows(workspace.path("sheets/pairs.csv"), separator: ";")
    #expect(pairs.contains { $0[0] == "=1+1#0" })
  }

  @Test(
    "are one workbook, which openpyxl reads, value by value, without a formula",
    .enabled(if: ParquetPython.output(["-c", "import openpyxl"]) != nil))
  func workbook() throws {
    let workspace = try Workspace()
    _ = try Self.results(workspace)
    for isWorkbook in [false, true] {
      var rules = SheetRules()
      (rules.isWorkbook, rules.guardsFormulas) = (isWorkbook, false)
      let written = try Export(
        results: workspace.path("results"), output: workspace.path(isWorkbook ? "book" : "csv"),
        rules: rules
      ).run()
      #expect(written.warnings.isEmpty && written.sheets.count == 5)
      #expect(!isWorkbook || Set(written.sheets.map(\.file)) == ["results.xlsx"])
    }
    // The values are those of the CSV files, which another test compares with the manifest.
    let script = """
      import csv, openpyxl, sys
      from openpyxl.utils.escape import unescape
      book = openpyxl.load_workbook(sys.argv[1] + "/book/results.xlsx")
      assert openpyxl.load_workbook(sys.argv[1] + "/book/results.xlsx", read_only=True).sheetnames == book.sheetnames
      texts = numbers = 0
      for sheet in book:
          with open(f"{sys.argv[1]}/csv/{sheet.title}.csv", encoding="utf-8-sig", newline="") as file:
              expected = list(csv.reader(file))
          rows = list(sheet.iter_rows())
          assert len(rows) == len(expected), sheet.title
          for row, values in zip(rows, expected):
              for cell, value in zip(row, values, strict=True):
                  assert cell.data_type in "sn", (cell.data_type, value)
                  if cell.data_type == "s":
                      texts += 1
                      # XML 1.0 has no U+FFFE.
                      value = value.replace("\\ufffe", "\\ufffd")
                      assert unescape(cell.value or "") == value, (cell.value, value)
                  elif cell.value is None:
                      assert value == ""
                  else:
                      numbers += 1
                      assert float(value) == cell.value, (value, cell.value)
      print(texts > 100, numbers > 100, book.sheetnames)
      """
    let output = ParquetPython.output(["-c", script, workspace.path("")])
    #expect(
      output?.trimmingCharacters(in: .whitespacesAndNewlines)
        == "True True ['documents', 'clusters', 'pairs', 'passages', 'sources']")
  }

  @Test("name each file with what is removed of it")
  func sources() throws {
    let workspace = try Workspace()
    var random = RandomTexts(seed: 9)
    let text = random.text(100)
    try workspace.write("in/a.txt", text: text)
    try workspace.write("in/b.txt", text: text)
    _ = try workspace.scan("in") { _ in }
    _ = try Export(results: workspace.path("results"), output: workspace.path("sheets")).run()
    let rows = try Self.rows(workspace.path("sheets/sources.csv"))
    #expect(rows[0].prefix(3) == ["source", "documents", "exact"] && rows[0].last == "share")
    let columns = Dictionary(uniqueKeysWithValues: zip(rows[0], 0...))
    let share = try #require(columns["share"])
    let removed = try #require(columns["removed_bytes"])
    #expect(rows.dropFirst().map { $0[share] } == ["0.0", "1.0"])
    #expect(rows.dropFirst().map { $0[removed] } == ["0", "\(text.utf8.count)"])
  }

  @Test("go on in another file where a spreadsheet has no more rows")
  func split() throws {
    let workspace = try Workspace()
    let results = try Self.results(workspace)
    let files = try Exporting(
      workspace.path("results"), to: workspace.path("sheets"), SheetRules(), rowLimit: 10
    ).run(Cancellation()).sheets.filter { $0.sheet.hasPrefix("documents") }
    #expect(files.map(\.rowCount) == [10, 10, 10, 10, results.entries.count - 40])
    #expect(files.map(\.file).suffix(2) == ["documents-4.csv", "documents-5.csv"])
  }

  @Test("are written into a new folder, or not at all")
  func output() throws {
    let workspace = try Workspace()
    _ = try Self.results(workspace)
    try workspace.write("taken/a", text: "mine")
    #expect(throws: RepriseError.self) {
      try Export(results: workspace.path("results"), output: workspace.path("taken")).run()
    }
    #expect(try workspace.files(below: "taken") == ["a"])
    let cancellation = Cancellation()
    _ = cancellation.cancel()
    #expect(throws: RepriseError.self) {
      try Export(results: workspace.path("results"), output: workspace.path("sheets"))
        .run(cancellation: cancellation)
    }
    try workspace.write("results/pairs.jsonl", text: "{\n")
    #expect(throws: RepriseError.self) {
      try Export(results: workspace.path("results"), output: workspace.path("sheets")).run()
    }
    #expect(!FileManager.default.fileExists(atPath: workspace.path("sheets")))
  }
}
