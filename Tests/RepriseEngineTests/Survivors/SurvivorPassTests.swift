import RepriseTestSupport
import Testing

@testable import RepriseCore
@testable import RepriseEngine

@Suite("Survivor pass")
struct SurvivorPassTests {
  private let threshold = 0.8

  @Test("A bridge between two families drops one of each family, and nothing for the other's sake")
  func keepsBothFamiliesOfABridge() {
    // A and A' share nothing with B and B'; X shares much with both, but too little to verify.
    let a = shingles(0..<100)
    let b = shingles(200..<300)
    let corpus = [
      a, shingles(0..<99), shingles(0..<100) + shingles(200..<300), b, shingles(201..<300),
    ]
    let result = run(corpus, bands: [[0, 0, 0, 0, 0]])
    #expect(result.dropped == [1, 4])
    #expect(result.survivors == [1: 0, 4: 3])
    #expect(result.clusters == [[0, 1], [3, 4]])
    expectSound(result, corpus)
  }

  @Test(
    "A bridge that verifies with one of each family joins the cluster, and both stay",
    arguments: [0, 1])
  func keepsBothEndsOfAVerifiedBridge(order: Int) {
    // The bridge has J >= 0.8 with A and with B, which have less with each other.
    let a = shingles(0..<100)
    let x = shingles(10..<110)
    let b = shingles(20..<120)
    let corpus = order == 0 ? [a, x, b] : [x, a, b]
    let result = run(corpus, bands: [[0, 0, 0]])
    #expect(result.dropped == (order == 0 ? [1] : [1, 2]))
    #expect(result.clusters == [[0, 1, 2]])
    expectSound(result, corpus)
  }

  @Test("A chain of neighbors does not delete its far end")
  func keepsFarEndsOfAChain() {
    let corpus = (0..<50).map { shingles(10 * $0..<10 * $0 + 100) }
    let bands = [(0..<50).map { $0 / 2 }, (0..<50).map { ($0 + 1) / 2 }]
    for order in [corpusOrder, { $0 > $1 }] {
      let result = run(corpus, bands: bands, comesFirst: order)
      expectSound(result, corpus)
      #expect(result.clusters == [Array(0..<50)])
      #expect(result.dropped.count == 25)
    }
    // With one bucket for all, every pair that can be compared is.
    let together = run(corpus, bands: [Array(repeating: 0, count: 50)])
    expectSound(together, corpus)
    #expect(together.kept.count == 25)
  }

  @Test("What is verified ahead changes neither the outcome nor what is compared")
  func anticipatesWithoutAChange() {
    // Several blocks of documents: chains, and families of near-copies, in overlapping buckets.
    let count = 5_000
    let corpus = (0..<count).map { number in
      let start = 37 * (number * 7919 % 500) + number % 5
      return Set((start..<start + 40).map { UInt64($0) })
    }
    func similarity(_ left: UInt32, _ right: UInt32) -> MeasuredSimilarity? {
      let shared = corpus[Int(left)].intersection(corpus[Int(right)]).count
      let result = Similarity(intersection: shared, union: 80 - shared)
      return result.jaccard >= threshold ? .exact(result) : nil
    }
    let documents = Array(0..<UInt32(count))
    let bands = [1, 500, 250].map { modulus in
      Buckets(keys: documents.map { UInt64($0 % UInt32(modulus)) }, documents: documents)
    }
    let components = CandidateComponents(bands: bands, documentCount: count)
    var (oneByOne, ahead) = (0, 0)
    let alone = outcome(of: components) { left, right in
      oneByOne += 1
      return similarity(left, right)
    }
    let verifyAll: ([DocumentPair]) throws(Never) -> [MeasuredSimilarity?] = { pairs in
      ahead += pairs.count
      return pairs.map { similarity($0.first, $0.second) }
    }
    let verify: (UInt32, UInt32) throws(Never) -> MeasuredSimilarity? = { left, right in
      ahead += 1
      return similarity(left, right)
    }
    let anticipated = outcome(of: components, verifyAll: verifyAll, verify: verify)
    #expect(components.count == 1)
    #expect(alone.pairs == anticipated.pairs && !alone.pairs.isEmpty)
    #expect(alone.drops == anticipated.drops && !alone.drops.isEmpty)
    #expect(alone.survivorLimitHits == anticipated.survivorLimitHits)
    #expect(oneByOne == ahead)
  }

  @Test("300 dissimilar documents in one bucket are all kept")
  func keepsDissimilarDocuments() {
    let corpus = (0..<300).map { shingles(100 * $0..<100 * $0 + 105) }
    let result = run(corpus, bands: [Array(repeating: 0, count: 300)], survivorLimit: 1_000)
    #expect(result.kept.count == 300)
    #expect(result.outcomes.allSatisfy { $0.pairs.isEmpty && $0.survivorLimitHits == 0 })
    #expect(result.comparisons.count == 300 * 299 / 2)
  }

  @Test("A limit on survivors that binds is counted")
  func countsTheLimit() {
    let corpus = (0..<300).map { shingles(100 * $0..<100 * $0 + 100) }
    let result = run(
      corpus, bands: [Array(repeating: 0, count: 300)], survivorLimit: 64, neighborCount: 0)
    #expect(result.kept.count == 300)
    #expect(result.outcomes.map(\.survivorLimitHits) == [300 - 64])
    #expect(result.comparisons.count == 64 * 63 / 2 + 64 * (300 - 64))
  }

  @Test("Identical documents take one comparison each, in any number of buckets")
  func isLinearInIdenticalDocuments() {
    let corpus = Array(repeating: shingles(0..<20), count: 2_000)
    let result = run(corpus, bands: Array(repeating: Array(repeating: 0, count: 2_000), count: 3))
    #expect(result.kept == [0])
    #expect(result.comparisons.count == 1_999)
    #expect(result.clusters == [Array(0..<2_000)])
  }

  @Test("A star keeps its centre if that comes first, and its dissimilar points if it comes last")
  func judgesAStarByKeepOrder() {
    // Each point has J = 0.83 with the centre and 0.67 with the other points.
    let centre = shingles(0..<100)
    let points = (0..<10).map {
      shingles(0..<(100 - 10)) + shingles(1_000 + 10 * $0..<1_010 + 10 * $0)
    }
    let first = run([centre] + points, bands: [Array(repeating: 0, count: 11)])
    #expect(first.kept == [0])
    expectSound(first, [centre] + points)
    let last = run(points + [centre], bands: [Array(repeating: 0, count: 11)])
    expectSound(last, points + [centre])
  }

  @Test(
    "Random graphs: sound, and the drops of a plain greedy pass",
    arguments: 0..<40)
  func agreesWithAPlainPass(seed: Int) {
    var random = seeded(seed)
    let count = 2 + random.below(80)
    let corpus = randomCorpus(count, &random)
    let bands = randomBands(corpus, 1 + random.below(4), &random)
    var ranks = Array(0..<count)
    if seed % 2 == 1 { random.shuffle(&ranks) }
    let comesFirst: (UInt32, UInt32) -> Bool = { ranks[Int($0)] < ranks[Int($1)] }
    let result = run(corpus, bands: bands, survivorLimit: 1_000, comesFirst: comesFirst)
    expectSound(result, corpus)
    let plain = plainPass(corpus, bands, ranks)
    #expect(result.survivors == plain.survivors, "seed \(seed)")
    #expect(result.clusters == plain.clusters, "seed \(seed)")
    #expect(Set(result.comparisons).count == result.comparisons.count, "a pair was asked for twice")
    for (component, outcome) in result.outcomes.enumerated() {
      for pair in outcome.pairs {
        #expect(comesFirst(pair.first, pair.second), "component \(component), seed \(seed)")
      }
    }
  }

  @Test("The order of buckets and bands changes neither drops nor clusters", arguments: 0..<10)
  func ignoresTheOrderOfBuckets(seed: Int) {
    var random = seeded(seed, 100)
    let corpus = randomCorpus(60, &random)
    let bands = randomBands(corpus, 4, &random)
    let result = run(corpus, bands: bands)
    // Other keys put the buckets of a band in another order.
    var shuffled = bands.map { band in
      let keys = random.words(61)
      return band.map { Int(truncatingIfNeeded: keys[$0] >> 1) }
    }
    random.shuffle(&shuffled)
    let other = run(corpus, bands: shuffled)
    #expect(other.survivors == result.survivors)
    #expect(other.clusters == result.clusters)
  }

  @Test("An error of the verifier ends the pass")
  func passesErrorsOn() {
    struct Unreadable: Error {}
    let bands = [Buckets(keys: [1, 1], documents: [0, 1])]
    let components = CandidateComponents(bands: bands, documentCount: 2)
    #expect(throws: Unreadable.self) {
      try outcome(of: components) { (_, _) throws(Unreadable) in throw Unreadable() }
    }
  }

  // MARK: - Running the pass

  private struct Result {
    var count: Int
    var bands: [[Int]]
    var outcomes: [SurvivorPass.Outcome] = []
    /// Every pair that the verifier was asked for.
    var comparisons: [[UInt32]] = []

    var drops: [Drop] { outcomes.flatMap(\.drops) }
    var dropped: [Int] { drops.map { Int($0.document) }.sorted() }
    var kept: [Int] { (0..<count).filter { !dropped.contains($0) } }
    /// From each dropped document to the one that stays for it.
    var survivors: [Int: Int] {
      Dictionary(uniqueKeysWithValues: drops.map { (Int($0.document), Int($0.survivor)) })
    }
    /// The components of verified pairs, of two documents or more.
    var clusters: [[Int]] {
      var graph = PlainGraph(count: count)
      for pair in outcomes.flatMap(\.pairs) { graph.join(Int(pair.first), Int(pair.second)) }
      return graph.components.filter { $0.count > 1 }
    }
  }

  /// What becomes of the first component.
  private func outcome<Failure: Error>(
    of components: CandidateComponents,
    verifyAll: (([DocumentPair]) throws(Failure) -> [MeasuredSimilarity?])? = nil,
    verify: (UInt32, UInt32) throws(Failure) -> MeasuredSimilarity?
  ) throws(Failure) -> SurvivorPass.Outcome {
    var outcome = SurvivorPass.Outcome()
    try SurvivorPass().run(
      component: 0, of: components, verifyAll: verifyAll, verify: verify, into: &outcome)
    return outcome
  }

  private let corpusOrder: (UInt32, UInt32) -> Bool = { $0 < $1 }

  private func run(
    _ corpus: [[UInt64]], bands: [[Int]], survivorLimit: Int = 64, neighborCount: Int = 16,
    comesFirst: ((UInt32, UInt32) -> Bool)? = nil
  ) -> Result {
    let sets = corpus.map { ShingleSet($0) }
    let buckets = bands.map { band in
      Buckets(keys: band.map { UInt64($0) }, documents: Array(0..<UInt32(corpus.count)))
    }
    let components = CandidateComponents(bands: buckets, documentCount: corpus.count)
    var pass = SurvivorPass()
    pass.survivorLimit = survivorLimit
    pass.neighborCount = neighborCount
    var result = Result(count: corpus.count, bands: bands)
    for component in 0..<components.count {
      let verify: (UInt32, UInt32) throws(Never) -> MeasuredSimilarity? = {
        result.comparisons.append([min($0, $1), max($0, $1)])
        return sets[Int($0)].similarity(to: sets[Int($1)], atLeast: threshold)
          .map(MeasuredSimilarity.exact)
      }
      var outcome = SurvivorPass.Outcome()
      pass.run(
        component: component, of: components, comesFirst: comesFirst, verify: verify,
        into: &outcome)
      result.outcomes.append(outcome)
    }
    return result
  }

  /// What holds of every result: nothing is dropped unproved, and nothing that was proved stays.
  private func expectSound(_ result: Result, _ corpus: [[UInt64]]) {
    let kept = Set(result.kept)
    #expect(Set(result.dropped).count == result.dropped.count, "a document was dropped twice")
    for drop in result.drops {
      #expect(kept.contains(Int(drop.survivor)), "\(drop)")
      #expect(drop.similarity == similarity(corpus, Int(drop.document), Int(drop.survivor)))
      #expect(drop.similarity.jaccard >= threshold, "\(drop)")
    }
    for pair in result.outcomes.flatMap(\.pairs) {
      #expect(pair.similarity == similarity(corpus, Int(pair.first), Int(pair.second)))
      #expect(pair.similarity.jaccard >= threshold, "\(pair)")
    }
    for left in result.kept {
      for right in result.kept where left < right && shareABucket(result.bands, left, right) {
        #expect(similarity(corpus, left, right).jaccard < threshold, "\(left), \(right) kept")
      }
    }
  }

  // MARK: - A plain pass

  /// Every document in keep order against every survivor that shares a bucket; clusters from all
  /// pairs of a bucket (there are too few for the limit on neighbors to matter).
  private func plainPass(
    _ corpus: [[UInt64]], _ bands: [[Int]], _ ranks: [Int]
  ) -> (survivors: [Int: Int], clusters: [[Int]]) {
    let order = corpus.indices.sorted { ranks[$0] < ranks[$1] }
    var (survivors, kept) = ([Int: Int](), [Int]())
    for document in order {
      let near = kept.filter { shareABucket(bands, $0, document) }
      let best = near.max { left, right in
        let first = similarity(corpus, left, document).jaccard
        let second = similarity(corpus, right, document).jaccard
        // Of equals, `max` takes the last: the first in keep order wins.
        return (first, -ranks[left]) < (second, -ranks[right])
      }
      if let best, similarity(corpus, best, document).jaccard >= threshold {
        survivors[document] = best
      } else {
        kept.append(document)
      }
    }
    return (survivors, clusters(corpus, bands, order, survivors))
  }

  private func clusters(
    _ corpus: [[UInt64]], _ bands: [[Int]], _ order: [Int], _ survivors: [Int: Int]
  ) -> [[Int]] {
    var graph = PlainGraph(count: corpus.count)
    for band in bands {
      for members in Dictionary(grouping: order, by: { band[$0] }).values {
        for (place, second) in members.enumerated() {
          for first in members[max(0, place - 16)..<place]
          where similarity(corpus, first, second).jaccard >= threshold {
            graph.join(first, second)
          }
        }
      }
    }
    // A document is compared with all survivors before it, not with the best alone.
    for (place, document) in order.enumerated() where survivors[document] != nil {
      for survivor in order[..<place] where survivors[survivor] == nil {
        if shareABucket(bands, survivor, document),
          similarity(corpus, survivor, document).jaccard >= threshold
        {
          graph.join(document, survivor)
        }
      }
    }
    return graph.components.filter { $0.count > 1 }
  }

  // MARK: - Corpora

  private func shingles(_ range: Range<Int>) -> [UInt64] {
    range.map { UInt64($0) &* 0x9E37_79B9_7F4A_7C15 }
  }

  /// Families of documents that drift from their first, and some that stand alone.
  private func randomCorpus(_ count: Int, _ random: inout SplitMix64) -> [[UInt64]] {
    (0..<count).map { _ in
      let family = 1_000 * random.below(count / 8 + 1)
      let start = family + random.below(12)
      return shingles(start..<start + 36 + random.below(8))
    }
  }

  /// Bands in which documents of a family mostly, but not always, meet.
  private func randomBands(
    _ corpus: [[UInt64]], _ bandCount: Int, _ random: inout SplitMix64
  ) -> [[Int]] {
    (0..<bandCount).map { _ in corpus.map { _ in random.below(max(2, corpus.count / 6)) } }
  }

  private func similarity(_ corpus: [[UInt64]], _ left: Int, _ right: Int) -> MeasuredSimilarity {
    let (first, second) = (Set(corpus[left]), Set(corpus[right]))
    return .exact(
      Similarity(
        intersection: first.intersection(second).count, union: first.union(second).count))
  }

  private func shareABucket(_ bands: [[Int]], _ left: Int, _ right: Int) -> Bool {
    bands.contains { $0[left] == $0[right] }
  }
}
