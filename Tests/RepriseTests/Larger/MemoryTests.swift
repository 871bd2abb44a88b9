import Foundation
import Testing

@testable import Reprise
@testable import RepriseEngine

@Suite("Larger: little memory")
struct MemoryTests {
  @Test(
    "However little memory grouping has, the results are the same bytes",
    arguments: [KeepPolicy.first, .longest, .highest(field: "rank")])
  func littleWork(keep: KeepPolicy) throws {
    let corpus = try LargerCorpus(families: 200)
    for find in FindScope.allCases {
      func scan(_ output: String, _ work: Int?) throws -> [String: Data] {
        try corpus.scan(output) {
          $0.matching.keep = keep
          $0.matching.find = find
          $0.hooks.workByteCount = work
        }
      }
      let whole = try scan("whole", nil)
      for work in [1, 3_000, 1 << 20] {
        corpus.workspace.expectSame(try scan("little", work), whole, "\(find), \(work) bytes")
      }
    }
  }

  @Test("Many keys are grouped range by range into the same results")
  func manyKeys() throws {
    let workspace = try Workspace()
    var random = RandomTexts(seed: 12)
    var texts = (0..<12_000).map { _ in random.text(6) }
    for index in 0..<3_000 { texts.append(texts[4 * index] + " more") }
    try workspace.write("corpus.jsonl", records: TestRecord.numbered(texts))
    let whole = try workspace.scan("corpus.jsonl", into: "whole") { $0.matching.threshold = 0.5 }
    let little = try workspace.scan("corpus.jsonl", into: "little") {
      $0.matching.threshold = 0.5
      $0.hooks.workByteCount = 20_000
    }
    #expect(whole.ids(.drop).count > 1_500)
    for name in ScanResults.fileNames {
      let isSame = little.files[name] == whole.files[name]
      #expect(isSame, "\(name)")
    }
  }

  @Test("Memory that cannot be kept to is refused before it is exceeded")
  func tooLittle() throws {
    let corpus = try LargerCorpus(families: 10)
    var options = corpus.options("out")
    for (threads, least) in [(1, "69 MiB"), (2, "83 MiB")] {
      options.resources.threads = threads
      options.resources.memory = MemoryPlan.least(threads: threads) - 1
      let error = #expect(throws: RepriseError.self) { try Scan(options).run() }
      #expect(
        error?.description.contains("at least \(least)") == true, "\(String(describing: error))")
      #expect(try corpus.leftovers().isEmpty)
    }
  }

  @Test("Passages that take more memory than is left are refused with the amount")
  func passages() throws {
    let workspace = try Workspace()
    var random = RandomTexts(seed: 4)
    let passages = (0..<20).map { _ in random.text(60) }
    let texts = (0..<60).map { random.text(20) + " " + passages[$0 % 20] }
    try workspace.write("corpus.jsonl", records: TestRecord.numbered(texts))
    var messages: Set<String> = []
    for limit in [100] + Array(stride(from: 3_000, to: 9_000, by: 1_000)) + [1 << 20] {
      do {
        _ = try workspace.scan("corpus.jsonl", into: "out\(limit)") {
          $0.matching.find = .all
          $0.hooks.passageByteCount = limit
        }
        messages.insert("done")
      } catch let error as RepriseError {
        #expect(error.description.contains("MiB of memory, and"), "\(error)")
        messages.insert(error.description.contains("fingerprints") ? "links" : "passages")
      }
    }
    #expect(messages == ["links", "passages", "done"])
  }

  @Test("The plan leaves room for what every document keeps")
  func plan() throws {
    let corpus = try LargerCorpus(families: 10)
    var options = corpus.options("out")
    options.resources.threads = 64
    options.resources.memory = MemoryPlan.least(threads: 64)
    let error = #expect(throws: RepriseError.self) { try Scan(options).run() }
    #expect(error?.description.contains("need at least") == true, "\(String(describing: error))")
    // The sketches are there: with more memory the run goes on.
    options.resources.memory = nil
    options.resources.resumes = true
    _ = try Scan(options).run()
    #expect(try corpus.leftovers().isEmpty)
  }
}
