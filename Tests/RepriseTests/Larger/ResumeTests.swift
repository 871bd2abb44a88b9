import Foundation
import Synchronization
import Testing

@testable import Reprise

@Suite("Larger: runs that go on where one was stopped")
struct ResumeTests {
  @Test("After a stop at any chunk the results are the same bytes")
  func everyChunk() throws {
    let corpus = try LargerCorpus()
    let count = Mutex(0)
    let whole = try corpus.scan("whole") {
      $0.hooks.stopsAfter = { chunks in
        count.withLock { $0 = max($0, chunks) }
        return false
      }
    }
    let chunks = count.withLock { $0 }
    try #require(chunks > 12)
    for stop in 1...chunks {
      try stopped(corpus, "resumed", after: stop)
      let read = Mutex(0)
      let resumed = try corpus.scan("resumed") {
        $0.resources.resumes = true
        $0.hooks.stopsAfter = { chunks in
          read.withLock { $0 = max($0, chunks) }
          return false
        }
      }
      corpus.workspace.expectSame(resumed, whole, "stopped after \(stop)")
      // A stopped run's other thread may have finished one chunk more.
      #expect((chunks - stop - 1...chunks - stop).contains(read.withLock { $0 }))
    }
    #expect(try corpus.leftovers().isEmpty)
  }

  @Test("A run that is stopped twice, at other threads and chunk after chunk, ends the same")
  func severalStops() throws {
    let corpus = try LargerCorpus()
    let whole = try corpus.scan("whole")
    for threads in [1, 3] {
      try stopped(corpus, "again", after: 2) { $0.resources.threads = threads }
      for _ in 0..<3 {
        try stopped(corpus, "again", after: 2) {
          $0.resources.resumes = true
          $0.resources.threads = threads
        }
      }
      corpus.workspace.expectSame(
        try corpus.scan("again") { $0.resources.resumes = true }, whole, "\(threads) threads")
    }
  }

  @Test("Without anything to go on from a run begins, and without --resume it begins anew")
  func beginnings() throws {
    let corpus = try LargerCorpus()
    let whole = try corpus.scan("whole")
    corpus.workspace.expectSame(
      try corpus.scan("new") { $0.resources.resumes = true }, whole, "nothing there")
    try stopped(corpus, "new", after: 3)
    corpus.workspace.expectSame(try corpus.scan("new"), whole, "not resumed")
    #expect(try corpus.leftovers().isEmpty)
  }

  @Test("Another options is refused with the parameter and both values")
  func otherParameters() throws {
    let corpus = try LargerCorpus(families: 20)
    try stopped(corpus, "out", after: 2)
    let cases: [(String, (inout ScanOptions) -> Void)] = [
      ("ngram was 5, and now it is 4", { $0.matching.shingleLength = 4 }),
      ("threshold was 0.8, and now it is 0.7", { $0.matching.threshold = 0.7 }),
      (
        "verify was \"exact\", and now it is \"signature\"",
        { $0.matching.verification = .signature }
      ),
      ("find was \"all\", and now it is \"documents\"", { $0.matching.find = .documents }),
      ("text_field was \"text\", and now it is \"body\"", { $0.input.textFields = ["body"] }),
      ("keep was \"first\", and now it is \"longest\"", { $0.matching.keep = .longest }),
      ("split was null, and now it is \"after ^-\"", { $0.input.articles = .after("^-") }),
    ]
    for (wanted, change) in cases {
      let message = try refusal(corpus, change)
      #expect(message.contains(wanted), "\(message)")
    }
    #expect(FileManager.default.fileExists(atPath: corpus.signatures("out").path))
    _ = try corpus.scan("out") { $0.resources.resumes = true }
  }

  @Test("Other input files are refused with the file and what differs")
  func otherInputs() throws {
    let corpus = try LargerCorpus(families: 20)
    try stopped(corpus, "out", after: 2)
    let bytes = try corpus.workspace.bytes("d.jsonl")
    let date = try FileManager.default.attributesOfItem(
      atPath: corpus.workspace.path("d.jsonl"))[.modificationDate]
    try corpus.workspace.write("d.jsonl", bytes + [0x0A])
    #expect(try refusal(corpus).contains("d.jsonl"))
    try corpus.workspace.write("texts/9.txt", text: "new")
    #expect(try refusal(corpus).contains("9.txt"))
    try FileManager.default.removeItem(at: corpus.workspace.url("texts/9.txt"))
    // The same bytes under another time are another file, as far as a run can tell.
    try corpus.workspace.write("d.jsonl", bytes)
    #expect(try refusal(corpus).contains("modified_ns") || refusal(corpus).contains("inode"))
    _ = date
    try FileManager.default.removeItem(at: corpus.workspace.url("d.jsonl"))
    var options = corpus.options("out")
    options.resources.resumes = true
    options.input.paths.removeLast()
    let error = #expect(throws: RepriseError.self) { try Scan(options).run() }
    #expect(
      error?.description.contains("d.jsonl\" is missing") == true, "\(String(describing: error))")
  }

  @Test("Standard input, which cannot be read again, is refused")
  func standardInput() throws {
    var options = ScanOptions(paths: ["-"])
    options.resources.resumes = true
    let error = #expect(throws: RepriseError.self) { try Scan(options).run() }
    #expect(error?.description.contains("standard input") == true)
  }

  private func stopped(
    _ corpus: LargerCorpus, _ output: String, after count: Int,
    _ configure: (inout ScanOptions) -> Void = { _ in }
  ) throws {
    var options = corpus.options(output)
    options.hooks.stopsAfter = { $0 >= count }
    configure(&options)
    let error = #expect(throws: RepriseError.self) { try Scan(options).run() }
    #expect(error?.description.contains("stopped") == true)
  }

  private func refusal(
    _ corpus: LargerCorpus, _ change: (inout ScanOptions) -> Void = { _ in }
  ) throws -> String {
    var options = corpus.options("out")
    options.resources.resumes = true
    change(&options)
    return #expect(throws: RepriseError.self) { try Scan(options).run() }?.description ?? ""
  }
}
