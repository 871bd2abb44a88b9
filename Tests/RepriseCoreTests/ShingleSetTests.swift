import Testing

@testable import RepriseCore

@Suite("Shingle sets")
struct ShingleSetTests {
  @Test("Similarity is that of sets of the standard library")
  func agreesWithStandardSets() {
    for (left, right) in [(0, 0), (0, 5), (1, 1), (3, 4), (20, 20), (100, 7), (500, 800)] {
      for distinct in [1, 2, 10, 60, 1_000] {
        var random = seeded(left, right, distinct)
        // Few values, 0 among them, from a pool that collides in the table.
        let pool = [0] + random.words(distinct).map { $0 & ~0xF }
        let first = (0..<left).map { _ in random.pick(pool) }
        let second = (0..<right).map { _ in random.pick(pool) }
        expectAgreement(first, second)
        expectAgreement(first, first + second)
      }
    }
  }

  @Test("The id 0 is a member like any other")
  func containsZero() {
    #expect(set([0, 0]).count == 1)
    #expect(set([0, 1]).similarity(to: set([1])) == Similarity(intersection: 1, union: 2))
    #expect(set([0]).similarity(to: set([0, 1, 2])) == Similarity(intersection: 1, union: 3))
    #expect(set([1]).similarity(to: set([0])) == Similarity(intersection: 0, union: 2))
  }

  @Test(
    "A pair exactly at the threshold passes, one shingle below it does not",
    arguments: [
      (4, 5, 0.8), (2, 3, 2.0 / 3), (1, 2, 0.5), (9, 10, 0.9), (7, 10, 0.7), (1, 3, 1.0 / 3),
    ])
  func passesAtTheThreshold(intersection: Int, union: Int, threshold: Double) {
    for scale in [1, 2, 3, 10, 77, 300] {
      let (shared, all) = (intersection * scale, union * scale)
      // What is not shared lies in one set, in the other, or half in each.
      for left in [0, all - shared, (all - shared) / 2] {
        var random = seeded(scale, left)
        let words = random.words(all + 1)
        let first = Array(words[..<(shared + left)])
        let second = Array(words[..<shared] + words[(shared + left)..<all])
        let expected = Similarity(intersection: shared, union: all)
        #expect(set(first).similarity(to: set(second), atLeast: threshold) == expected)
        #expect(set(second).similarity(to: set(first), atLeast: threshold) == expected)
        let more = set(first + [words[all]])
        #expect(more.similarity(to: set(second), atLeast: threshold) == nil)
      }
    }
  }

  @Test("The early exit never changes what a threshold decides")
  func decidesLikeTheFullComparison() {
    for seed in 0..<400 {
      var random = seeded(seed)
      let pool = random.words(30)
      let first = (0..<random.below(40)).map { _ in random.pick(pool) }
      let second = (0..<random.below(40)).map { _ in random.pick(pool) }
      let exact = set(first).similarity(to: set(second))
      for threshold in [0, 0.1, 0.25, 1.0 / 3, 0.5, 0.6, 2.0 / 3, 0.75, 0.8, 0.9, 1] {
        let expected = exact.jaccard >= threshold ? exact : nil
        #expect(
          set(first).similarity(to: set(second), atLeast: threshold) == expected, "seed \(seed)")
      }
    }
  }

  @Test("Order and repetition do not matter")
  func ignoresOrderAndRepetition() {
    var random = seeded(1)
    let ids = random.words(300)
    var repeated = ids + ids + ids.prefix(50)
    random.shuffle(&repeated)
    #expect(set(repeated).count == 300)
    #expect(set(repeated).similarity(to: set(ids), atLeast: 1)?.jaccard == 1)
  }

  private func expectAgreement(_ first: [UInt64], _ second: [UInt64]) {
    let (left, right) = (Set(first), Set(second))
    let expected = Similarity(
      intersection: left.intersection(right).count, union: left.union(right).count)
    #expect(set(first).count == left.count)
    #expect(set(first).similarity(to: set(second)) == expected, "\(first) and \(second)")
    #expect(set(second).similarity(to: set(first)) == expected, "\(first) and \(second)")
  }

  private func set(_ ids: [UInt64]) -> ShingleSet { ShingleSet(ids) }
}

@Suite("Cache of documents")
struct DocumentCacheTests {
  private struct Sized: MemorySized {
    var count: Int
    var byteCount: Int { 8 * count }
  }

  @Test("It stays within its budget, and what is used again and again stays in it")
  func keepsWhatIsUsed() {
    var cache = DocumentCache<Sized>(budget: 10 * 24)
    for document in 0..<1_500 {
      cache.insert(Sized(count: 3), for: UInt32(document))
      #expect(cache[0]?.count == 3)
      // Besides the one in use, the last ones are left.
      let others = (max(0, document - 20)...document)
        .filter { $0 > 0 && cache.contains(UInt32($0)) }
      #expect(others == Array((0...document).dropFirst().suffix(9)), "\(document)")
    }
    cache.removeAll()
    #expect(!cache.contains(0))
  }

  @Test("A value larger than the budget is kept until the next comes")
  func keepsOneAtLeast() {
    var cache = DocumentCache<Sized>(budget: 1)
    cache.insert(Sized(count: 3), for: 7)
    #expect(cache[7]?.count == 3)
    cache.insert(Sized(count: 2), for: 8)
    #expect(cache[8]?.count == 2 && !cache.contains(7))
  }
}

extension DocumentCache {
  /// Looks without use.
  fileprivate func contains(_ document: UInt32) -> Bool {
    var copy = self
    return copy[document] != nil
  }
}

@Suite("Exact verifier")
struct ExactVerifierTests {
  private let threshold = 0.8

  @Test("Its answers do not depend on its memory", arguments: [0, 10_000, 100_000, 1 << 30])
  func doesNotDependOnMemory(budget: Int) {
    let corpus = corpus(of: 60)
    let verifier = verifier(corpus, budget)
    var random = seeded(8)
    for step in 0..<3_000 {
      if step == 1_500 { verifier.beginComponent() }
      let (left, right) = (random.below(60), random.below(60))
      let exact = ShingleSet(corpus[left]).similarity(to: ShingleSet(corpus[right]))
      let expected = exact.jaccard >= threshold ? exact : nil
      #expect(verifier.similarity(UInt32(left), UInt32(right)) == expected, "\(left), \(right)")
    }
    #expect(verifier.counts.candidates == 3_000)
    #expect(verifier.counts.screened + verifier.counts.compared == 3_000)
  }

  @Test("With room for all, every document is read once; without, never more than the pairs need")
  func readsOnce() {
    let corpus = corpus(of: 20)
    for budget in [0, 1 << 30] {
      var reads = [Int](repeating: 0, count: 20)
      let screen = passingScreen(20)
      let verifier = ExactVerifier<Never>(threshold: 0, screen: screen, budget: budget) {
        document in
        reads[Int(document)] += 1
        return corpus[Int(document)]
      }
      for left in 0..<20 as Range<UInt32> {
        for right in 0..<left { _ = verifier.similarity(right, left) }
      }
      #expect(budget == 0 || reads.allSatisfy { $0 == 1 })
      #expect(reads.reduce(0, +) <= 2 * 190)
      #expect(verifier.counts.compared == 190)
    }
  }

  @Test("A document that cannot be read verifies nothing, and an error is passed on")
  func passesErrorsOn() throws {
    struct Unreadable: Error {}
    let verifier = ExactVerifier<Unreadable>(
      threshold: 0.5, screen: passingScreen(3), budget: 1_000
    ) { document throws(Unreadable) in
      if document == 2 { throw Unreadable() }
      return document == 1 ? nil : [1, 2]
    }
    #expect(try verifier.similarity(0, 1) == nil)
    #expect(verifier.counts.compared == 0)
    #expect(throws: Unreadable.self) { try verifier.similarity(0, 2) }
  }

  /// Documents of which neighbours share most shingles.
  private func corpus(of count: Int) -> [[UInt64]] {
    var random = seeded(7)
    let words = random.words(10 * count + 200)
    return (0..<count).map { Array(words[(5 * $0)..<(5 * $0 + 100)]) }
  }

  private func verifier(_ corpus: [[UInt64]], _ budget: Int) -> ExactVerifier<Never> {
    var words: [UInt64] = []
    var signature = Signature(slotCount: 256)
    for ids in corpus {
      signature.read(ids.span)
      BBitSignature.byte.append(of: signature, to: &words)
    }
    let screen = SignatureScreen(
      bBitSignature: .byte, words: words, places: Array(0..<UInt32(corpus.count)), slotCount: 256,
      threshold: threshold)
    return ExactVerifier(threshold: threshold, screen: screen, budget: budget) { document in
      corpus[Int(document)]
    }
  }

  /// A screen of equal b-bit signatures: it rejects nothing.
  private func passingScreen(_ count: Int) -> SignatureScreen {
    SignatureScreen(
      bBitSignature: .bit, words: Array(repeating: 0, count: count),
      places: Array(0..<UInt32(count)),
      slotCount: 64, threshold: 0.5)
  }
}
