import Foundation
import Synchronization
import Testing

@testable import Reprise
@testable import RepriseEngine

@Suite("Larger: the disk that a run needs")
struct DiskTests {
  @Test("What is needed is told before anything is read, and is not far from what is taken")
  func estimate() throws {
    let corpus = try LargerCorpus(families: 400)
    var options = corpus.options("out")
    options.matching.find = .documents
    // Nothing is read again then, so that there is nothing but the signature file.
    options.matching.verification = .signature
    options.hooks.chunkByteCount = 1 << 20
    let told = Mutex<[(scratch: Int, results: Int)]>([])
    let chunks = Mutex(0)
    options.hooks.stopsAfter = { count in
      chunks.withLock { $0 = max($0, count) }
      return false
    }
    _ = try Scan(options).run(progress: { progress in
      guard let space = progress.diskSpace else { return }
      let read = progress.completed
      told.withLock { $0.append((read > 0 ? 0 : space.scratch, space.results)) }
    })
    let estimate = try #require(told.withLock { $0.count == 1 ? $0[0] : nil })
    let results = try corpus.workspace.resultsFiles("out").values.reduce(0) { $0 + $1.count }
    #expect(results < 2 * estimate.results && estimate.results < 2 * results)
    let last = chunks.withLock { $0 }
    options.hooks.stopsAfter = { $0 == last }
    #expect(throws: RepriseError.self) { try Scan(options).run() }
    let taken = try Data(contentsOf: corpus.signatures("out")).count
    #expect(taken < 2 * estimate.scratch && estimate.scratch < 3 * taken)
  }

  @Test("What is needed does not hang on a short first file, or on one of very short lines")
  func mixedInputs() throws {
    let workspace = try Workspace()
    var random = RandomTexts(seed: 8)
    let texts = (0..<2_000).map { _ in random.text(120) }
    try workspace.write("a-short.jsonl", text: "{\"text\":\"a\"}\n")
    try workspace.write("b-long.jsonl", records: TestRecord.numbered(texts))
    try workspace.write(
      "c-tiny.jsonl", text: String(repeating: "{\"text\":\"b c\"}\n", count: 3_000))
    try workspace.write(
      "d-packed.jsonl.gz", TestRecord.lines(TestRecord.numbered(texts)), packed: .gzip)
    let mixes = [
      ["a-short.jsonl", "b-long.jsonl"], ["c-tiny.jsonl", "b-long.jsonl"],
      ["a-short.jsonl", "d-packed.jsonl.gz"], ["b-long.jsonl", "c-tiny.jsonl"],
    ]
    for names in mixes {
      var options = ScanOptions(paths: names.map { workspace.path($0) })
      options.output.folder = workspace.path("out")
      options.matching.find = .documents
      let told = Mutex(0)
      _ = try Scan(options).run(
        progress: { progress in
          if let space = progress.diskSpace { told.withLock { $0 = space.results } }
        })
      let results = try workspace.files(below: "out").reduce(0) {
        $0 + (try workspace.bytes("out/\($1)")).count
      }
      let estimate = told.withLock { $0 }
      #expect(
        results < 2 * estimate && estimate < 3 * results, "\(names): \(estimate) of \(results)")
    }
  }

  @Test("A run that the disk has no room for is refused before anything is read")
  func noRoom() throws {
    let workspace = try Workspace()
    try workspace.write("corpus.jsonl", text: "{}\n")
    // Nothing but a hole, of more bytes than any disk has room for.
    let file = try FileHandle(forWritingTo: workspace.url("corpus.jsonl"))
    try file.truncate(atOffset: 8 << 40)
    var options = ScanOptions(paths: [workspace.path("corpus.jsonl")])
    options.output.folder = workspace.path("out")
    let error = #expect(throws: RepriseError.self) { try Scan(options).run() }
    #expect(error?.description.contains("needed on this disk") == true, "\(error as Any)")
    let left = try FileManager.default.contentsOfDirectory(atPath: workspace.path(""))
    #expect(left == ["corpus.jsonl"])
    let signing = #expect(throws: RepriseError.self) {
      try Sign(SignOptions(options, file: workspace.path("signatures"))).run()
    }
    #expect(signing?.description.contains("needed on this disk") == true)
  }

  @Test("Without the check a run begins, however much room the disk seems to need")
  func unchecked() throws {
    let workspace = try Workspace()
    try workspace.write("corpus.jsonl", text: "{}\n")
    let file = try FileHandle(forWritingTo: workspace.url("corpus.jsonl"))
    try file.truncate(atOffset: 8 << 40)
    var given = ScanOptions(paths: [workspace.path("corpus.jsonl")])
    given.output.folder = workspace.path("out")
    var options = try CheckedOptions(given)
    let inputs = try options.discover(Cancellation()).inputs
    let scratch = options.scratchFolder
    #expect(throws: CorpusError.self) {
      _ = try options.checkDisk(inputs, scratch)
    }
    options.resources.checksDisk = false
    _ = try options.checkDisk(inputs, scratch)
  }
}
