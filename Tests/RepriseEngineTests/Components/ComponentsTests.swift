import RepriseTestSupport
import Testing

@testable import RepriseCore
@testable import RepriseEngine

@Suite("Union-find")
struct UnionFindTests {
  @Test("Sets are the components of the graph, each named by its smallest member")
  func areComponents() {
    for count in [1, 2, 10, 100, 1_000] {
      for edges in [0, count / 4, count / 2, count, 3 * count] {
        var random = seeded(count, edges)
        var (sets, graph) = (UnionFind(count: count), PlainGraph(count: count))
        for _ in 0..<edges {
          let (left, right) = (random.below(count), random.below(count))
          let wereOne = sets.find(UInt32(left)) == sets.find(UInt32(right))
          #expect(sets.union(UInt32(left), UInt32(right)) == !wereOne)
          graph.join(left, right)
        }
        for component in graph.components {
          for member in component { #expect(sets.find(UInt32(member)) == component[0]) }
        }
      }
    }
  }

  @Test("Long chains joined in any order stay fast", .timeLimit(.minutes(1)))
  func joinsLongChains() {
    let count = 200_000
    for step in [1, -1] {
      var sets = UnionFind(count: count)
      for index in 1..<count {
        let at = step > 0 ? index : count - index
        sets.union(UInt32(at), UInt32(at - 1))
      }
      #expect(sets.find(UInt32(count - 1)) == 0)
    }
  }
}

@Suite("Candidate components")
struct CandidateComponentsTests {
  @Test(
    "They are those of the graph in which a bucket joins its members, in corpus order",
    arguments: [2, 10, 200, 3_000])
  func areComponentsOfBuckets(count: Int) {
    for distinct in [count / 4 + 1, count, 3 * count] {
      var random = seeded(count, distinct)
      let bands = (0..<3).map { _ in randomBand(count, distinct, &random) }
      let components = CandidateComponents(bands: bands, documentCount: count)
      var graph = PlainGraph(count: count)
      for members in bands.flatMap(members) {
        for member in members.dropFirst() { graph.join(Int(members[0]), Int(member)) }
      }
      let expected = graph.components.filter { $0.count > 1 }
      let found = (0..<components.count).map { components.documents(of: $0).map(Int.init) }
      #expect(found == expected)
      for component in 0..<components.count {
        let inside = Set(components.documents(of: component))
        let wanted = bands.flatMap(members).filter { inside.contains($0[0]) }
        #expect(components.buckets(of: component).map(Array.init) == wanted)
      }
    }
  }

  @Test("In batches they are the same components with the same buckets")
  func areTheSameInBatches() {
    let count = 2_000
    var random = seeded(count)
    let bands = (0..<4).map { _ in randomBand(count, 3 * count, &random) }
    let whole = CandidateComponents(bands: bands, documentCount: count)
    var graph = CandidateGraph(documentCount: count, bandCount: bands.count) { bands[$0] }
    #expect(graph.componentCount == whole.count && graph.documentCount == whole.allDocuments.count)
    #expect(Array(graph.documents) == whole.allDocuments.sorted())
    var first = 0
    for size in [1, 5, 30, 200, whole.count] where first < whole.count {
      let range = first..<min(whole.count, first + size)
      let batch = CandidateComponents(range, of: &graph, bandCount: bands.count) { bands[$0] }
      for component in range {
        let inBatch = component - first
        #expect(batch.documents(of: inBatch) == whole.documents(of: component))
        #expect(
          batch.buckets(of: inBatch).map(Array.init)
            == whole.buckets(of: component).map(Array.init))
      }
      for (place, document) in batch.allDocuments.enumerated() {
        #expect(Int(graph.numbers[Int(document)]) == place)
      }
      graph.finish(batch)
      first = range.upperBound
    }
    #expect(first == whole.count)
  }

  @Test("Without buckets there are none")
  func areNoneWithoutBuckets() {
    let none = Buckets(keys: [1, 2, 3], documents: [0, 1, 2])
    #expect(CandidateComponents(bands: [none], documentCount: 3).count == 0)
    #expect(CandidateComponents(bands: [], documentCount: 0).count == 0)
  }

  private func randomBand(_ count: Int, _ distinct: Int, _ random: inout SplitMix64) -> Buckets {
    let values = random.words(distinct)
    return Buckets(
      keys: (0..<count).map { _ in random.pick(values) }, documents: Array(0..<UInt32(count)))
  }

  private func members(_ band: Buckets) -> [[UInt32]] {
    (0..<band.count).map { Array(band[$0]) }
  }
}

@Suite("Exact groups")
struct ExactGroupsTests {
  @Test("Each document is represented by the first of its group in keep order")
  func representByTheFirst() {
    for count in [0, 1, 50, 3_000] {
      var random = seeded(count)
      let identities = (0..<count).map { _ in
        // Some agree in the low half alone, or in all but the number of tokens.
        ContentHash(
          low: UInt64(random.below(count / 4 + 1)), high: UInt64(random.below(2)),
          tokenCount: UInt32(random.below(2)))
      }
      let texts = (0..<count).map { _ in UInt64(random.below(3)) }
      func identity(_ document: UInt32) -> ExactGroups.Identity {
        ExactGroups.Identity(
          contentHash: identities[Int(document)], textHash: texts[Int(document)])
      }
      var order = Array(0..<count)
      random.shuffle(&order)
      let first = Dictionary(grouping: 0..<UInt32(count)) { identities[Int($0)] }
      let buckets = Buckets(
        keys: identities.map(\.low), documents: Array(0..<UInt32(count)))
      var groups = ExactGroups(count: count)
      groups.represent(buckets, identity: identity)
      var reordered = ExactGroups(count: count)
      reordered.represent(
        buckets, comesFirst: { order[Int($0)] < order[Int($1)] },
        identity: identity)
      for document in 0..<UInt32(count) {
        let members = first[identities[Int(document)]]!
        #expect(groups.representatives[Int(document)] == members[0])
        #expect(
          reordered.representatives[Int(document)]
            == members.min { order[Int($0)] < order[Int($1)] })
        for groups in [groups, reordered] {
          let first = groups.representatives[Int(document)]
          #expect(
            groups.sameTexts.contains(document)
              == (document != first && texts[Int(document)] == texts[Int(first)]))
        }
      }
    }
  }
}
