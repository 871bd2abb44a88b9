import Foundation
import Testing

@testable import Reprise
@testable import RepriseEngine

/// Scans on a system that makes fewer threads than are asked for, or none.
@Suite("Fewer threads than asked for")
struct FewerThreadsTests {
  @Test("every stage writes the same bytes", arguments: VerificationMethod.allCases)
  func everyStage(_ verification: VerificationMethod) throws {
    let corpus = try LargerCorpus()
    let all = try corpus.scan("all") { options in
      options.resources.threads = 4
      options.matching.verification = verification
    }
    for limit in 0...2 {
      let fewer = try Workers.$creationLimit.withValue(limit) {
        try corpus.scan("fewer\(limit)") { options in
          options.resources.threads = 4
          options.matching.verification = verification
        }
      }
      corpus.workspace.expectSame(fewer, all, "\(limit) threads beside the caller")
    }
  }

  /// A component that all threads verify together, in which similarities differ from pair to pair.
  @Test("a large component has each pair's own similarity")
  func largeComponent() throws {
    let workspace = try Workspace()
    try workspace.write("crowd.jsonl", records: TestRecord.numbered(Self.crowd))
    func scan(_ output: String) throws -> ScanResults {
      try workspace.scan("crowd.jsonl", into: output) { $0.resources.threads = 4 }
    }
    let all = try scan("all")
    try all.checkDrops(Self.crowd)
    try #require(all.entries.filter { $0.cluster == 0 }.count > 4096)
    try #require(Set(all.entries.compactMap(\.similarity)).count > 5)
    for limit in [0, 2] {
      let fewer = try Workers.$creationLimit.withValue(limit) { try scan("fewer\(limit)") }
      #expect(fewer.files == all.files, "\(limit) threads beside the caller")
    }
  }

  /// Copies of one text of two hundred words, each with one to three of them replaced.
  private static let crowd: [String] = {
    var random = RandomTexts(seed: 31)
    let words = random.words(200)
    return (0..<4200).map { _ in
      var copy = words
      for _ in 0...random.number(below: 3) { copy[random.number(below: 200)] = random.word() }
      return copy.joined(separator: " ")
    }
  }()
}
