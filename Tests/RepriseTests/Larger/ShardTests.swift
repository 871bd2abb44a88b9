import Foundation
import Testing

@testable import Reprise

@Suite("Larger: parts that are signed one by one")
struct ShardTests {
  @Test(
    "Any split gives the results of one run", arguments: [[5], [1, 4], [2, 2, 1], [1, 1, 1, 2]])
  func splits(sizes: [Int]) throws {
    let corpus = try LargerCorpus()
    for find in [FindScope.documents, .all] {
      let whole = try corpus.scan("whole") { $0.matching.find = find }
      var rest = corpus.names[...]
      var shards: [String] = []
      for size in sizes {
        shards.append(
          try sign(corpus, Array(rest.prefix(size)), "\(shards.count)") {
            $0.matching.find = find
          })
        rest = rest.dropFirst(size)
      }
      var options = corpus.options("scanned")
      options.matching.find = find
      options.input.paths = []
      options.input.signatures = shards.map { BytePath($0) }
      _ = try Scan(options).run()
      var scanned = try corpus.workspace.resultsFiles("scanned")
      // A folder that is signed alone gives its files' names without itself.
      scanned["summary.json"] = whole["summary.json"]
      corpus.workspace.expectSame(scanned, whole, "\(sizes), \(find)")
    }
    #expect(try corpus.leftovers().isEmpty)
  }

  @Test("Parts by bytes give the results of one run", arguments: [1, 2, 3, 40])
  func parts(count: Int) throws {
    let corpus = try LargerCorpus()
    let whole = try corpus.scan("whole")
    var shards: [String] = []
    var fileCounts: [Int] = []
    for number in 1...count {
      var options = corpus.options("unused")
      options.input.paths = corpus.names.map { corpus.workspace.path($0) }
      let path = corpus.workspace.path("\(number).signatures")
      var sign = SignOptions(options, file: BytePath(path))
      sign.shard = InputShard(number, of: count)
      fileCounts.append(try Sign(sign).run().inputCount)
      shards.append(path)
    }
    // Large files are in several parts.
    let fileCount = corpus.names.count - 1 + 40
    #expect(count == 1 ? fileCounts == [fileCount] : fileCounts.reduce(0, +) >= fileCount)
    #expect(count != 2 || fileCounts.allSatisfy { $0 > 0 })
    var options = corpus.options("scanned")
    options.input.paths = []
    options.input.signatures = shards.map { BytePath($0) }
    _ = try Scan(options).run()
    var scanned = try corpus.workspace.resultsFiles("scanned")
    scanned["summary.json"] = whole["summary.json"]
    corpus.workspace.expectSame(scanned, whole, "\(count)")
  }

  @Test("Parts differ in size by the largest file at most, and have every file once")
  func partSizes() throws {
    let workspace = try Workspace()
    var random = RandomTexts(seed: 12)
    var sizes: [String: Int] = [:]
    for number in 0..<60 {
      let name = "files/\(1000 + number).txt"
      sizes[name] = random.number(below: 3000)
      try workspace.write(name, text: String(repeating: "a", count: sizes[name] ?? 0))
    }
    let total = sizes.values.reduce(0, +)
    for count in [1, 2, 7, 13] {
      var bytes = 0
      for number in 1...count {
        var options = SignOptions(
          paths: [BytePath(workspace.path("files"))],
          file: BytePath(workspace.path("\(count)-\(number)")))
        options.shard = InputShard(number, of: count)
        let report = try Sign(options).run()
        let shard = try Shard(options.file)
        let own = shard.description.inputs.compactMap { $0["bytes"]?.integer }
        #expect(own.count == report.inputCount)
        #expect(abs(own.reduce(0, +) - total / count) <= 3000 + 60)
        bytes += own.reduce(0, +)
      }
      #expect(bytes == total)
    }
    for (number, count) in [(0, 1), (2, 1), (1, 0)] {
      #expect(InputShard(number, of: count) == nil)
    }
  }

  @Test("A complete file is not signed again, unless its inputs or parameters are others")
  func complete() throws {
    let corpus = try LargerCorpus(families: 10)
    var options = corpus.options("unused")
    options.input.paths = corpus.names.map { corpus.workspace.path($0) }
    var sign = SignOptions(options, file: BytePath(corpus.workspace.path("all.signatures")))
    let first = try Sign(sign).run()
    let place = corpus.workspace.path("all.signatures")
    let before = try FileManager.default.attributesOfItem(atPath: place)[.modificationDate] as? Date
    let second = try Sign(sign).run()
    #expect(!first.wasComplete && second.wasComplete)
    let after = try FileManager.default.attributesOfItem(atPath: place)[.modificationDate] as? Date
    #expect(before != nil && after == before)
    #expect(second.documentCount == first.documentCount && second.byteCount == first.byteCount)
    #expect(second.problemCount == first.problemCount)
    sign.matching.slotCount = 128
    #expect(try Sign(sign).run().wasComplete == false)
    #expect(try Sign(sign).run().wasComplete)
    let name = try #require(corpus.names.first)
    try corpus.workspace.write(name, corpus.workspace.bytes(name) + Array("\n".utf8))
    #expect(try Sign(sign).run().wasComplete == false)
    let bytes = try corpus.workspace.bytes("all.signatures")
    try corpus.workspace.write("all.signatures", Array(bytes.prefix(bytes.count / 2)))
    #expect(try Sign(sign).run().wasComplete == false)
    #expect(try corpus.workspace.bytes("all.signatures").count == bytes.count)
  }

  @Test("Signatures of other parameters are refused with what differs")
  func otherParameters() throws {
    let corpus = try LargerCorpus(families: 10)
    let shard = try sign(corpus, ["a.jsonl"], "a") { $0.matching.slotCount = 128 }
    let message = refusal(corpus, [shard])
    #expect(message.contains("slots was 128, and now it is 256"), "\(message)")
  }

  @Test("Damaged and incomplete files are refused")
  func damaged() throws {
    let corpus = try LargerCorpus(families: 40)
    let shard = try sign(corpus, ["a.jsonl"], "a")
    let stored = try Data(contentsOf: URL(fileURLWithPath: shard))
    var random = RandomTexts(seed: 5)
    for _ in 0..<20 {
      var damaged = stored
      damaged[random.number(below: stored.count)] ^= 1
      let wasPadding = damaged == stored
      try damaged.write(to: URL(fileURLWithPath: shard))
      let message = refusal(corpus, [shard], orSame: true)
      #expect(message.isEmpty || message.contains("signature") || message.contains("damaged"))
      _ = wasPadding
    }
    for place in [0, 10, 4096, stored.count / 2, stored.count - 4096] {
      try stored.prefix(place).write(to: URL(fileURLWithPath: shard))
      #expect(!refusal(corpus, [shard]).isEmpty, "\(place) of \(stored.count) bytes")
    }
  }

  @Test("An input that is not what was signed is refused")
  func changedInput() throws {
    let corpus = try LargerCorpus(families: 10)
    let shard = try sign(corpus, ["a.jsonl"], "a")
    try corpus.workspace.write("a.jsonl", text: "{}\n")
    #expect(refusal(corpus, [shard]).contains("when it was signed"))
  }

  @Test("A file that is no signature file is neither read as one nor replaced")
  func strangers() throws {
    let corpus = try LargerCorpus(families: 10)
    #expect(!refusal(corpus, [corpus.workspace.path("a.jsonl")]).isEmpty)
    let before = try corpus.workspace.bytes("d.jsonl")
    var options = corpus.options("out")
    options.input.paths = [corpus.workspace.path("a.jsonl")]
    #expect(throws: RepriseError.self) {
      try Sign(SignOptions(options, file: corpus.workspace.path("d.jsonl"))).run()
    }
    #expect(try corpus.workspace.bytes("d.jsonl") == before)
  }

  @Test("A stopped sign goes on")
  func resumed() throws {
    let corpus = try LargerCorpus()
    let whole = try Data(
      contentsOf: URL(
        fileURLWithPath: sign(corpus, corpus.names, "whole") {
          $0.resources.threads = 1
        }))
    #expect(throws: RepriseError.self) {
      try sign(corpus, corpus.names, "part") { $0.hooks.stopsAfter = { $0 >= 4 } }
    }
    #expect(!FileManager.default.fileExists(atPath: corpus.workspace.path("part.signatures")))
    let part = try sign(corpus, corpus.names, "part") {
      $0.resources.resumes = true
      $0.resources.threads = 1
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: part)).count == whole.count)
    #expect(try corpus.leftovers().isEmpty)
  }

  @discardableResult
  private func sign(
    _ corpus: LargerCorpus, _ names: [String], _ output: String,
    _ configure: (inout ScanOptions) -> Void = { _ in }
  ) throws -> String {
    var options = corpus.options("unused")
    options.input.paths = names.map { corpus.workspace.path($0) }
    configure(&options)
    let path = corpus.workspace.path("\(output).signatures")
    let report = try Sign(SignOptions(options, file: BytePath(path))).run()
    #expect(report.inputCount >= names.count && report.documentCount > 0)
    return path
  }

  private func refusal(
    _ corpus: LargerCorpus, _ shards: [String], orSame: Bool = false
  ) -> String {
    var options = corpus.options("refused")
    options.input.paths = []
    options.input.signatures = shards.map { BytePath($0) }
    do {
      _ = try Scan(options).run()
      if !orSame { Issue.record("not refused") }
      return ""
    } catch {
      return "\(error)"
    }
  }
}
