import Foundation
import Testing

@testable import Reprise
@testable import RepriseFormats

/// Parts of large files that are signed one by one.
@Suite("Larger: parts of a file")
struct DividedFileTests {
  private let workspace: Workspace
  private let records = MixedCorpus(families: 60, seed: 4).records

  init() throws { workspace = try Workspace() }

  private func options(_ name: String, _ output: String) -> ScanOptions {
    var options = ScanOptions(paths: [workspace.path(name)])
    options.resources.threads = 2
    options.hooks.chunkByteCount = 8 << 10
    options.output.folder = workspace.path(output)
    return options
  }

  /// Signs a file in parts; returns the signature files, and the documents of each.
  private func sign(
    _ name: String, parts count: Int, _ change: (inout ScanOptions) -> Void = { _ in }
  ) throws -> (files: [String], documents: [Int]) {
    var files: [String] = []
    var documents: [Int] = []
    for number in 1...count {
      var options = options(name, "unused")
      change(&options)
      files.append("\(name).\(number).signatures")
      var sign = SignOptions(options, file: BytePath(workspace.path(files[number - 1])))
      sign.shard = InputShard(number, of: count)
      documents.append(try Sign(sign).run().documentCount)
      #expect(try Sign(sign).run().wasComplete)
    }
    return (files, documents)
  }

  private func scan(
    _ files: [String], _ name: String, _ change: (inout ScanOptions) -> Void = { _ in }
  ) throws -> [String: Data] {
    var options = options(name, "scanned")
    options.input.paths = []
    options.input.signatures = files.map { BytePath(workspace.path($0)) }
    change(&options)
    _ = try Scan(options).run()
    return try workspace.resultsFiles("scanned")
  }

  private func expectSame(
    _ name: String, parts count: Int, isDivided: Bool,
    _ change: (inout ScanOptions) -> Void = { _ in }
  ) throws {
    var whole = options(name, "whole")
    change(&whole)
    let report = try Scan(whole).run()
    let (files, documents) = try sign(name, parts: count, change)
    #expect(documents.reduce(0, +) == report.documents.total)
    #expect(documents.count { $0 > 0 } == (isDivided ? count : 1), "\(documents)")
    let expected = try workspace.resultsFiles("whole")
    var scanned = try scan(files, name, change)
    // The two are not given in the same way; the files and their hashes are the same.
    let inputs = try ["whole", "scanned"].map {
      try JSONTree(parsing: Array(workspace.bytes($0 + "/summary.json")))["inputs"]
    }
    #expect(inputs[0] != nil && inputs[0] == inputs[1])
    scanned["summary.json"] = expected["summary.json"]
    workspace.expectSame(scanned, expected, "\(name), \(count)")
  }

  @Test("Parts of one file of JSON Lines give the results of one run", arguments: [2, 5, 16])
  func lines(count: Int) throws {
    try workspace.write("a.jsonl", records: records)
    try expectSame("a.jsonl", parts: count, isDivided: true)
  }

  @Test("Articles of one file are divided between parts")
  func articles() throws {
    let text = records.map(\.text).joined(separator: "\n-----\n")
    try workspace.write("a.txt", text: text)
    try expectSame("a.txt", parts: 5, isDivided: true) {
      $0.input.articles = .after("^-----$")
    }
  }

  @Test("Files that are read in order are in one part", arguments: ["json", "csv", "txt", "utf16"])
  func wholeFiles(kind: String) throws {
    switch kind {
    case "json":
      let lines = String(decoding: TestRecord.lines(records), as: UTF8.self)
      try workspace.write(
        "a.json", text: "[" + lines.split(separator: "\n").joined(separator: ",\n") + "]")
    case "csv": try workspace.write("a.csv", TestTable(records, lineEnd: "\n").bytes)
    case "txt": try workspace.write("a.txt", text: records.map(\.text).joined(separator: "\n"))
    default:
      let lines = String(decoding: TestRecord.lines(records), as: UTF8.self)
      try workspace.write("a.utf16", Array(try #require(lines.data(using: .utf16))))
    }
    try expectSame("a." + kind, parts: 4, isDivided: false)
  }

  @Test(
    "Rows of one Parquet file are divided between parts", .enabled(if: ParquetPython.canMake),
    arguments: [2, 7])
  func rows(count: Int) throws {
    try workspace.write("rows.jsonl", records: records)
    let script =
      "import sys, pyarrow.json, pyarrow.parquet; "
      + "pyarrow.parquet.write_table(pyarrow.json.read_json(sys.argv[1]), sys.argv[2], "
      + "row_group_size=20)"
    _ = try #require(
      ParquetPython.output([
        "-c", script, workspace.path("rows.jsonl"), workspace.path("rows.parquet"),
      ]))
    try expectSame("rows.parquet", parts: count, isDivided: true)
  }

  @Test("Parts that are missing, given twice or out of order are refused")
  func missingParts() throws {
    try workspace.write("a.jsonl", records: records)
    try workspace.write("b.jsonl", records: records)
    let (files, _) = try sign("a.jsonl", parts: 3)
    let (others, _) = try sign("b.jsonl", parts: 3)
    for (files, name) in [
      ([files[0]], "a"), ([files[1], files[2]], "a"), ([files[0], files[2]], "a"),
      ([files[1], files[0], files[2]], "a"), ([files[0], files[0], files[1], files[2]], "a"),
      ([files[0], others[1], others[2]], "a"), (others + files.prefix(2), "a"),
    ] {
      let error = #expect(throws: RepriseError.self) { try scan(files, "a.jsonl") }
      let message = "\(try #require(error))"
      #expect(message.contains("a part of") && message.contains("\(name).jsonl"), "\(message)")
    }
    _ = try scan(files + others, "a.jsonl")
  }

  @Test("A part that could not be opened is a problem, and a scan without it is refused")
  func unreadableParts() throws {
    try workspace.write("a.jsonl", records: records)
    let (files, _) = try sign("a.jsonl", parts: 3)
    let (path, hidden) = (workspace.path("a.jsonl"), workspace.path("hidden"))
    for number in 1...3 {
      let name = "unread.\(number).signatures"
      var sign = SignOptions(
        options("a.jsonl", "unused"), file: BytePath(workspace.path(name)))
      sign.shard = InputShard(number, of: 3)
      let report = try Sign(sign).run { _ in
        try? FileManager.default.moveItem(atPath: path, toPath: hidden)
      }
      try FileManager.default.moveItem(atPath: hidden, toPath: path)
      #expect(report.problemCount == 1 && !report.wasComplete)
      var given = files
      given[number - 1] = name
      let error = #expect(throws: RepriseError.self) { try scan(given, "a.jsonl") }
      let message = "\(try #require(error))"
      #expect(message.contains(name) && message.contains("could not be read"), "\(message)")
      // The same call signs it again.
      #expect(try !Sign(sign).run().wasComplete)
      _ = try scan(given, "a.jsonl")
    }
  }

  @Test("A chunk that is missing, or outside the part of its file, is refused")
  func strayChunks() throws {
    try workspace.write("a.jsonl", records: records)
    let (files, _) = try sign("a.jsonl", parts: 3)
    let shards = try files.map { try SignedParts(workspace.path($0)) }
    let count = try #require(shards.last?.chunks.last).number + 1
    #expect(shards.map(\.chunks.count).reduce(0, +) == Int(count) && count > 6)
    func refusal(_ index: Int, _ change: (inout SignedParts) -> Void) throws -> String {
      var forged = shards[index]
      change(&forged)
      try forged.write(to: workspace.path("forged"))
      var given = files
      given[index] = "forged"
      do {
        _ = try scan(given, "a.jsonl")
        return ""
      } catch {
        return "\(error)"
      }
    }
    #expect(try refusal(1) { _ in } == "")
    for index in 0..<3 {
      // A chunk of another part, by its number or by its place in the file.
      let other = try #require(shards[(index + 1) % 3].chunks.first)
      for message in [
        try refusal(index) { $0.chunks[index < 2 ? $0.chunks.count - 1 : 0].number = other.number },
        try refusal(index) { $0.chunks.append(other) },
      ] {
        #expect(
          message.contains("forged") && message.contains("chunk \(other.number) of")
            && message.contains("a.jsonl\" is outside bytes"), "\(message)")
      }
      let number = shards[index].chunks[1].number
      let message = try refusal(index) { $0.chunks.remove(at: 1) }
      #expect(message.contains("forged") && message.contains("chunk \(number) of"), "\(message)")
      #expect(message.contains("is missing"), "\(message)")
    }
    // Without the last chunk, nobody knows how many there are.
    let endless = try refusal(2) { $0.chunks.removeLast() }
    #expect(endless.contains("the last chunk of the input is missing"), "\(endless)")
    let huge = try refusal(2) { $0.chunks[$0.chunks.count - 1].number = UInt64(Int.max) }
    #expect(huge.contains("the last chunk of the input is missing"), "\(huge)")
    // Its content belongs to another part.
    let copied = try refusal(1) { $0.chunks[0].payload = shards[0].chunks[0].payload }
    #expect(copied.contains("are in two parts"), "\(copied)")
    // Its part is another one.
    let moved = try refusal(0) {
      let text = String(decoding: $0.run, as: UTF8.self)
      $0.run = Array(text.replacing("\"from\":0,", with: "\"from\":1,").utf8)
    }
    #expect(moved.contains("a part of") && moved.contains("is missing next to"), "\(moved)")
  }
}

/// The run block and the chunks of a signature file, each chunk in one block.
private struct SignedParts {
  struct Chunk {
    var input: UInt64
    var number: UInt64
    var payload: [UInt8]
  }

  var run: [UInt8]
  var chunks: [Chunk]

  init(_ path: String) throws {
    let shard = try Shard(BytePath(path))
    run = try shard.file.payload(of: try #require(shard.file.checkedBlocks().blocks.first))
    chunks = try shard.blocks.map {
      Chunk(input: $0.input, number: $0.number, payload: try shard.file.payload(of: $0))
    }
  }

  /// Writes a file with good checksums.
  func write(to path: String) throws {
    try? FileManager.default.removeItem(atPath: path)
    let file = try SignatureFile.create(BytePath(path))
    var buffer = BlockBuffer()
    unsafe run.withUnsafeBytes { unsafe buffer.append($0) }
    let run = try file.append(.run, run: 0, &buffer).checksum
    for chunk in chunks {
      buffer.removeAll()
      unsafe chunk.payload.withUnsafeBytes { unsafe buffer.append($0) }
      try file.append(
        .chunk, run: run, input: Int(chunk.input), number: Int(chunk.number),
        &buffer)
    }
    buffer.removeAll()
    buffer.append(UInt64(chunks.count))
    try file.append(.end, run: run, &buffer)
  }
}
