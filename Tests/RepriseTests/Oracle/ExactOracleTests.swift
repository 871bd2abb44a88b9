import Foundation
import Reprise
import Testing

/// Scans of real corpora against the exact similarities of all their pairs.
@Suite(.serialized, .enabled(if: !SharedCorpora.real.isEmpty, SharedCorpora.whereToPut))
struct ExactOracleTests {
  @Test(
    "Every drop is right, and of all similar pairs 98 % are in one cluster",
    arguments: SharedCorpora.real)
  func verdicts(_ corpus: RealCorpus) throws {
    try check(corpus, shingleLength: 5, threshold: 0.8)
  }

  @Test(
    "So it is with shorter shingles and a lower threshold",
    arguments: SharedCorpora.real.filter { ["dynamics_ru", "sms_spam"].contains($0.name) })
  func otherParameters(_ corpus: RealCorpus) throws {
    try check(corpus, shingleLength: 3, threshold: 0.7)
  }

  @Test(
    "Of the pairs that another program finds over 0.85, 97 % are in one cluster",
    arguments: SharedCorpora.real.filter { $0.hasSpacesBetweenWords })
  func outsidePairs(_ corpus: RealCorpus) throws {
    let pairs = try corpus.outsidePairs(atLeast: 0.85)
    let outcome = try ScanOutcome([corpus.documents])
    let places = outcome.places
    let found = try pairs.count { pair in
      try outcome.isTogether(#require(places[pair.first]), #require(places[pair.second]))
    }
    #expect(Double(found) >= 0.97 * Double(pairs.count), "\(found) of \(pairs.count)")
    Self.printRow(
      "outside, over 0.85", corpus.name, pairs.count, Self.share(found, of: pairs.count))
  }

  private func check(_ corpus: RealCorpus, shingleLength: Int, threshold: Double) throws {
    let oracle = ExactOracle(
      try OracleDocument.records(corpus.documents, .zstd), shingleLength: shingleLength,
      threshold: threshold)
    let outcome = try ScanOutcome([corpus.documents]) {
      $0.matching.shingleLength = shingleLength
      $0.matching.threshold = threshold
    }
    #expect(outcome.summary.documents.total == oracle.ids.count)
    #expect(outcome.manifest.map(\.id) == oracle.ids)
    #expect(Set(oracle.ids).count == oracle.ids.count)
    try #require(outcome.manifest.count == oracle.ids.count)

    let objections = oracle.objections(to: outcome)
    #expect(objections.isEmpty, "\(objections.count): \(objections.values.prefix(5))")
    let pairs = oracle.similarities.keys
    let found = pairs.count { outcome.isTogether($0.first, $0.second) }
    #expect(Double(found) >= 0.98 * Double(pairs.count), "\(found) of \(pairs.count)")

    let dropped = outcome.manifest.indices.filter { outcome.manifest[$0].status == "drop" }
    let right = dropped.count { objections[$0] == nil }
    Self.printRow(
      "n = \(shingleLength), T = \(threshold)", corpus.name, oracle.ids.count, pairs.count,
      Self.share(found, of: pairs.count), dropped.count, Self.share(right, of: dropped.count),
      String(format: "%.2f s", outcome.seconds))
  }

  private static func share(_ part: Int, of whole: Int) -> String {
    whole == 0 ? "-" : String(format: "%.2f %%", 100 * Double(part) / Double(whole))
  }

  private static func printRow(_ columns: Any...) {
    guard SharedCorpora.isTableWanted else { return }
    print("| " + columns.map { "\($0)" }.joined(separator: " | ") + " |")
  }
}

/// The oracle itself, where the answer is known.
@Suite struct ShingleIndexTests {
  @Test("Intersections and unions are of sets, and pairs under the threshold are left out")
  func similarities() {
    var index = ShingleIndex()
    for ids in [[1, 2, 3, 4], [2, 1, 1, 3], [9, 9], [4, 3, 2, 5], [], [9]] as [[UInt64]] {
      index.append(ids.span)
    }
    let expected = [
      ExactOracle.Pair(0, 1): 3.0 / 4, ExactOracle.Pair(0, 3): 3.0 / 5, ExactOracle.Pair(2, 5): 1,
    ]
    #expect(index.pairs(atLeast: 0.6) == expected)
  }
}
