import Foundation
import Reprise
import Testing

/// Input on which a duplicate finder's time or judgement fails.
@Suite(.serialized, .enabled(if: SharedCorpora.messy != nil, SharedCorpora.whereToPut))
struct LoadTrapTests {
  @Test("Of 2,000 equal texts one is kept", .timeLimit(.minutes(1)))
  func oneCluster() throws {
    let messy = try MessyFolder()
    let outcome = try ScanOutcome([messy.file("one_cluster_2000.jsonl")])
    try #require(outcome.manifest.count == 2000)
    #expect(outcome.manifest[0].status == "keep")
    let survivor = outcome.manifest[0].id
    #expect(
      outcome.manifest.dropFirst().allSatisfy {
        $0.status == "drop" && $0.reason == "exact" && $0.duplicateOf == survivor
      })
    #expect(outcome.seconds < 30)
  }

  @Test("A chain of similar texts is not dropped for its first", .timeLimit(.minutes(1)))
  func chain() throws {
    let messy = try MessyFolder()
    let file = messy.file("chain_500.jsonl")
    let oracle = ExactOracle(try OracleDocument.records(file, .none))
    let outcome = try ScanOutcome([file])
    #expect(outcome.manifest.map(\.id) == oracle.ids)
    #expect(oracle.similarities.count == 499)
    #expect(oracle.objections(to: outcome).isEmpty, "\(oracle.objections(to: outcome).values)")
    // Neighbours are similar, and no two others: about every second one goes.
    let dropped = outcome.manifest.count { $0.status == "drop" }
    #expect((235...265).contains(dropped), "\(dropped)")
    #expect(outcome.seconds < 30)
  }

  @Test("Texts with nothing but a block in common are all kept", .timeLimit(.minutes(1)))
  func sharedBlock() throws {
    let messy = try MessyFolder()
    let outcome = try ScanOutcome([messy.file("stopwords_storm.jsonl")])
    #expect(outcome.manifest.count == 3000)
    #expect(outcome.manifest.allSatisfy { $0.status == "keep" && $0.cluster == nil })
    #expect(outcome.seconds < 30)
  }
}
