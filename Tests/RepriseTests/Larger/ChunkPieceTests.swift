import Foundation
import Testing

@testable import Reprise

@Suite("Larger: chunks of very short documents are written in pieces")
struct ChunkPieceTests {
  private let workspace: Workspace

  /// Lines of two bytes that cannot be read, a text in between now and then.
  init() throws {
    workspace = try Workspace()
    var lines = ""
    for index in 0..<16_000 {
      lines += "{\n"
      if index % 500 == 0 { lines += "{\"id\":\"\(index)\",\"text\":\"number \(index / 1000)\"}\n" }
    }
    try workspace.write("short.jsonl", text: lines)
    try workspace.write("next.jsonl", text: "{\"id\":\"last\",\"text\":\"number 3\"}\n{\n")
  }

  private func options(_ output: String) -> ScanOptions {
    var options = ScanOptions(
      paths: ["short.jsonl", "next.jsonl"].map { workspace.path($0) })
    options.resources.threads = 2
    options.output.folder = workspace.path(output)
    return options
  }

  private func scan(
    _ output: String, _ configure: (inout ScanOptions) -> Void = { _ in }
  ) throws -> ScanResults {
    var options = options(output)
    configure(&options)
    let summary = try Scan(options).run()
    return try ScanResults(folder: workspace.url(output), summary: summary)
  }

  private func expectSame(_ left: ScanResults, _ right: ScanResults, _ comment: Comment) {
    for name in ScanResults.fileNames {
      let isSame = left.files[name] == right.files[name]
      #expect(isSame, comment)
    }
  }

  @Test("The results are those of small chunks, and name every line")
  func sameResults() throws {
    let pieces = try scan("pieces")
    expectSame(try scan("chunks") { $0.hooks.chunkByteCount = 2 << 10 }, pieces, "small chunks")
    #expect(pieces.summary.documents.unreadable == 16_001)
    #expect(pieces.summary.problems["malformed-json"] == 16_001)
  }

  @Test("A run that was stopped between two pieces reads the chunk again")
  func resumed() throws {
    let whole = try scan("whole")
    for stop in 1...3 {
      #expect(throws: RepriseError.self) {
        try scan("stopped") { $0.hooks.stopsAfter = { $0 >= stop } }
      }
      expectSame(
        try scan("stopped") { $0.resources.resumes = true }, whole, "stopped after \(stop)")
    }
  }

  @Test("Signed elsewhere, stopped and gone on with, it is scanned as the files are")
  func signed() throws {
    let signatures: BytePath = workspace.path("signatures")
    var options = options("none")
    options.hooks.stopsAfter = { $0 >= 2 }
    #expect(throws: RepriseError.self) { try Sign(SignOptions(options, file: signatures)).run() }
    options.hooks.stopsAfter = { _ in false }
    options.resources.resumes = true
    let report = try Sign(SignOptions(options, file: signatures)).run()
    #expect(report.problemCount == 16_001)
    let scanned = try scan("signed") {
      $0.input.paths = []
      $0.input.signatures = [signatures]
    }
    expectSame(scanned, try scan("whole"), "signed")
  }
}
