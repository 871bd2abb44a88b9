import RepriseTestSupport
import Testing

@testable import RepriseCore
@testable import RepriseEngine

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

  /// Documents whose neighbors share most shingles.
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
