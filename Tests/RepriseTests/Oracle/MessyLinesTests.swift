import Foundation
import Reprise
import Testing

/// A JSON Lines file of good and bad records.
@Suite(.enabled(if: SharedCorpora.messy != nil, SharedCorpora.whereToPut))
struct MessyLinesTests {
  private let messy: MessyFolder
  private let outcome: ScanOutcome
  /// The file's lines, without their LF.
  private let lines: [ArraySlice<UInt8>]
  /// The first byte of each line.
  private let starts: [Int: Int]

  init() throws {
    messy = try MessyFolder()
    outcome = try ScanOutcome([messy.file("messy.jsonl")])
    let bytes = [UInt8](try Data(contentsOf: messy.file("messy.jsonl")))
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    self.lines = lines
    starts = Dictionary(uniqueKeysWithValues: lines.enumerated().map { ($1.startIndex, $0 + 1) })
  }

  /// What may become of a line of one of the list's classes.
  private struct Fate {
    var isRead: Bool
    /// The classes of which its problem, or no problem, is one.
    var problems: [String?]
  }

  private static let fates: [String: [Fate]] = [
    "ok": [Fate(isRead: true, problems: [nil])],
    "dup id": [Fate(isRead: true, problems: ["duplicate-id"])],
    "no id": [Fate(isRead: true, problems: [nil])],
    "id not a string": [Fate(isRead: true, problems: [nil])],
    "odd id": [Fate(isRead: true, problems: [nil])],
    "bad record": [
      Fate(isRead: false, problems: ["missing-text", "text-not-a-string", "not-an-object"])
    ],
    "bad string": [Fate(isRead: true, problems: ["lone-surrogate"])],
    "bad utf8": [Fate(isRead: true, problems: ["invalid-utf-8"])],
    "malformed": [Fate(isRead: false, problems: ["malformed-json"])],
    "odd": [
      Fate(isRead: true, problems: [nil]), Fate(isRead: false, problems: ["malformed-json"]),
    ],
  ]

  @Test("Every line is a document, a blank line or a problem of the class it should be")
  func classes() throws {
    let list = try messy.list("lines.tsv")
    #expect(list.count == lines.count)
    #expect(outcome.manifest.count + 2 == lines.count)
    for row in list {
      let number = try #require(Int(row[0]))
      let documents = outcome.manifest.filter { starts[$0.offset] == number }
      let problems = outcome.problems.filter { $0.line == number }.map(\.class)
      guard row[1] != "skip" else {
        #expect(documents.isEmpty && problems.isEmpty, "line \(number)")
        continue
      }
      let document = try #require(documents.first, "line \(number)")
      let problem = problems.first
      #expect(documents.count == 1 && problems.count <= 1, "line \(number): \(problems)")
      // A number that is not finite, in a field that is not read.
      let name = row[2] == "NaN" ? "ok" : row[1]
      let fates = try #require(Self.fates[name], "class \(name)")
      let isExpected = fates.contains {
        $0.isRead == (document.status != "unreadable") && $0.problems.contains(problem)
      }
      #expect(isExpected, "line \(number), \(row[1]): \(document.status), \(problem ?? "-")")
      let length = lines[number - 1].count
      let isWhole = document.length == length || lines[number - 1].last == 0x0D
      #expect(isWhole && document.length >= length - 1, "line \(number)")
    }
    #expect(outcome.problems.allSatisfy { $0.line != nil })
  }

  private func document(_ number: Int) throws -> ScanOutcome.Line {
    try #require(outcome.manifest.first { starts[$0.offset] == number })
  }

  @Test("Ids are taken as they are written")
  func ids() throws {
    for number in [7, 8, 9, 18, 30, 45] {
      #expect(try document(number).id == "\(messy.file("messy.jsonl").path)#\(number)")
    }
    #expect(
      try [14, 15, 16, 17].map { try document($0).id }
        == ["42", "4.5e300", "9007199254740993", "9007199254740992"])
    #expect(try document(19).id == "tab\tand\nnewline")
    #expect(try document(20).id == "a,b;\"c\"")
    #expect(try document(21).id.utf8.count == 100_000)
    #expect(Array(try document(23).id.utf8) == Array("caf\u{E9}".utf8))
    #expect(Array(try document(24).id.utf8) == Array("cafe\u{301}".utf8))
    #expect(try document(55).id == "nested")
    #expect(try document(56).id == "nested2")
  }

  @Test("The right field is the text")
  func texts() throws {
    #expect(try document(25).title == "second text")
    #expect(try document(26).title == "harbour / office \u{E9} \u{1F6A2}")
    #expect(try document(27).title == "lone \u{FFFD} surrogate")
    #expect(try document(55).title == "outer text is the one")
    #expect(try document(56).title == "outer id is the one")
    #expect(try [5, 6].map { try document($0).status } == ["empty", "empty"])
    #expect(try [3, 4, 22].map { try document($0).duplicateOf } == ["ok-1", "ok-1", "ok-1"])
    #expect(try [3, 4, 22].map { try document($0).reason } == ["near", "exact", "exact"])
  }
}
