import Foundation
import RepriseSystem
import Synchronization
import Testing

@testable import Reprise

@Suite("Larger: inputs of runs that go on")
struct ResumedInputTests {
  private let corpus: ChunkedCorpus
  private var workspace: Workspace { corpus.workspace }

  init() throws { corpus = try ChunkedCorpus() }

  @Test("After a stop at any chunk everything is as in a whole run, and can be cleaned")
  func everyChunk() throws {
    let count = Mutex(0)
    let whole = try corpus.scan("whole") {
      $0.hooks.stopsAfter = { chunks in
        count.withLock { $0 = max($0, chunks) }
        return false
      }
    }
    #expect(whole.problems.isEmpty)
    try workspace.clean("whole", to: "whole-cleaned")
    let (files, cleaned) = (
      try workspace.resultsFiles("whole"), try workspace.contents("whole-cleaned")
    )
    let chunks = count.withLock { $0 }
    try #require(chunks > 8)
    for stop in 1..<chunks {
      try corpus.stop("out", after: stop)
      if stop % 3 == 0, stop + 1 < chunks { try corpus.stop("out", after: 1, resuming: true) }
      _ = try corpus.scan("out") { $0.resources.resumes = true }
      workspace.expectSame(try workspace.resultsFiles("out"), files, "stopped after \(stop)")
      try workspace.clean("out", to: "cleaned-\(stop)")
      workspace.expectSame(
        try workspace.contents("cleaned-\(stop)"), cleaned, "stopped after \(stop)")
    }
  }

  enum Change: String, CaseIterable {
    case gone, pipe, folder, socket, device, shorter, other
  }

  @Test(
    "An input that is not there any more when it is read is one problem, and is not cleaned",
    .timeLimit(.minutes(10)), arguments: ChunkedCorpus.names, Change.allCases)
  func lostInputs(name: String, change: Change) throws {
    let path = workspace.path("in/\(name)")
    let bytes = try workspace.bytes("in/\(name)")
    let index = try #require(ChunkedCorpus.names.firstIndex(of: name))
    let (recordCount, before) = ChunkedCorpus.counts[index]
    for isResumed in [false, true] {
      if isResumed { try corpus.stop("out", after: before + 1) }
      let results = try corpus.scan("out") {
        $0.resources.resumes = isResumed
      } beforeReading: {
        try? Self.apply(change, to: path, bytes)
      }
      let problems = results.problems.filter { $0.source == path }
      #expect(problems.count == 1 && results.problems.count == 1, "\(results.problems)")
      #expect(["cannot-open", "changed"].contains(problems.first?.class))
      if [.pipe, .folder, .socket, .device].contains(change) {
        #expect(problems.first?.message.contains("is a \(change)") == true, "\(problems)")
      }
      let entries = results.entries.filter { $0.source == path }
      if isResumed {
        #expect(!entries.isEmpty && !entries.contains { $0.status == .unreadable })
        #expect(entries.count < recordCount)
      } else {
        #expect(entries.map(\.status) == [.unreadable])
      }
      #expect(throws: RepriseError.self) { try workspace.clean("out", to: "cleaned") }
      #expect(!FileManager.default.fileExists(atPath: workspace.path("cleaned")))
      try FileManager.default.removeItem(atPath: workspace.path("out"))
      try? FileManager.default.removeItem(atPath: path)
      try workspace.write("in/\(name)", bytes)
    }
  }

  private static func apply(_ change: Change, to path: String, _ bytes: [UInt8]) throws {
    try FileManager.default.removeItem(atPath: path)
    switch change {
    case .gone: break
    case .pipe: unsafe _ = mkfifo(path, 0o600)
    case .folder:
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    case .socket: unsafe _ = mknod(path, S_IFSOCK | 0o600, 0)
    case .device:
      try FileManager.default.createSymbolicLink(
        atPath: path, withDestinationPath: "/dev/zero")
    case .shorter: try Data(bytes.dropLast(9)).write(to: URL(fileURLWithPath: path))
    case .other: try Data(bytes.reversed()).write(to: URL(fileURLWithPath: path))
    }
  }

  @Test(
    "An input that could not be read by a stopped run is read again", .timeLimit(.minutes(10)),
    arguments: ChunkedCorpus.names, [false, true])
  func readAgain(name: String, isSigned: Bool) throws {
    let index = try #require(ChunkedCorpus.names.firstIndex(of: name))
    _ = try corpus.scan("whole")
    try corpus.stop("out", after: ChunkedCorpus.counts[index].before + 1, hiding: name)
    // Still away: the run that is resumed stores the same problem, and is stopped as well.
    try corpus.stop("out", after: 1, resuming: true, hiding: name)
    let results: ScanResults
    if isSigned {
      try FileManager.default.moveItem(
        atPath: workspace.path(".out.scratch"), toPath: workspace.path(".signed.scratch"))
      var options = corpus.options("unused")
      options.resources.resumes = true
      let signatures: BytePath = workspace.path("signed")
      #expect(try Sign(SignOptions(options, file: signatures)).run().problemCount == 0)
      results = try corpus.scan("out") {
        $0.input.paths = []
        $0.input.signatures = [signatures]
      }
    } else {
      results = try corpus.scan("out") { $0.resources.resumes = true }
    }
    #expect(results.problems.isEmpty)
    #expect(try workspace.bytes("out/manifest.jsonl") == workspace.bytes("whole/manifest.jsonl"))
  }

  @Test("A file that shrinks while it is read is one problem, whatever the number of its chunks")
  func shrinkingFile() throws {
    let path = workspace.path("in/a.jsonl")
    let results = try corpus.scan("out") {
      $0.hooks.stopsAfter = { chunks in
        if chunks == 1 { unsafe _ = truncate(path, 100_000) }
        return false
      }
    }
    #expect(results.problems.map(\.class) == ["changed"])
    #expect(results.entries.contains { $0.source == path })
    #expect(throws: RepriseError.self) { try workspace.clean("out") }
  }

  @Test("Another size, time or file is refused before anything is read", arguments: [0, 1, 2])
  func changedInputs(change: Int) throws {
    try corpus.stop("out", after: 2)
    let bytes = try workspace.bytes("in/a.jsonl")
    switch change {
    case 0: try workspace.write("in/a.jsonl", bytes + [0x0A])
    case 1: try workspace.write("in/a.jsonl", bytes)
    default: try FileManager.default.removeItem(atPath: workspace.path("in/a.jsonl"))
    }
    let error = #expect(throws: RepriseError.self) {
      try corpus.scan("out") { $0.resources.resumes = true }
    }
    #expect(error?.description.contains("was different") == true, "\(error?.description ?? "")")
    #expect(error?.description.contains("a.jsonl") == true)
  }

  @Test("A pipe, which cannot be read again, is refused")
  func pipes() throws {
    let result = unsafe mkfifo(workspace.path("pipe"), 0o600)
    #expect(result == 0)
    var options = corpus.options("out")
    options.input.paths = [workspace.path("pipe")]
    options.resources.resumes = true
    let error = #expect(throws: RepriseError.self) { try Scan(options).run() }
    #expect(error?.description.contains("a pipe cannot be read again") == true)
  }
}
