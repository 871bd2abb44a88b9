import RepriseTestSupport
import Testing

@testable import RepriseCore
@testable import RepriseEngine

/// Passages with noise, planted in text of the same vocabulary.
@Suite("Edited passages") struct EditedPassageTests {
  private static let vocabulary = Vocabulary(3000, seed: 5)

  /// A kind of noise, a minimum identity, and the share of passages of 60 tokens and more of which at
  /// least nine tenths are found.
  struct Case: Sendable, CustomTestStringConvertible {
    var noise: Noise
    var identity: Double
    var share: Double

    var testDescription: String { "\(noise) at \(identity)" }
  }

  static let cases: [Case] = [
    Case(noise: .replaced(1), identity: 0.9, share: 0.97),
    Case(noise: .replaced(3), identity: 0.9, share: 0.9),
    Case(noise: .replaced(5), identity: 0.9, share: 0.8),
    Case(noise: .replaced(5), identity: 0.7, share: 0.98),
    Case(noise: .replaced(10), identity: 0.7, share: 0.95),
    Case(noise: .insertedOrRemoved(10), identity: 0.7, share: 0.95),
    Case(noise: .misread(2), identity: 0.7, share: 0.95),
    Case(noise: .misread(5), identity: 0.5, share: 0.9),
    Case(noise: .sentenceRemoved(16), identity: 0.7, share: 0.95),
    Case(noise: .header, identity: 0.7, share: 0.95),
  ]

  /// The share of the edited copy that was found, and the tokens found beside it.
  private func found(
    _ noise: Noise, identity: Double, words: Int, seed: Int
  ) -> (share: Double, beside: Int, pieces: Int) {
    var random = seeded(seed, words, Int(100 * identity))
    let vocabulary = Self.vocabulary
    let passage = vocabulary.text(words + noise.removedCount, &random)
    let copy = noise.applied(to: passage, &random) { vocabulary.word(&$0) }
    let (before, after) = (20 + random.below(200), 20 + random.below(200))
    let one = vocabulary.text(after, &random) + passage + vocabulary.text(before, &random)
    let other = vocabulary.text(before, &random) + copy + vocabulary.text(after, &random)
    let search = PassageSearch(
      [one.joined(separator: " "), other.joined(separator: " ")],
      rules: PassageRules(minimumIdentity: identity))
    let passages = search.passages.filter { $0.first != $0.second }
    for passage in passages { #expect(passage.identity >= identity) }
    let tokens = TokenRanges(
      (passages + search.reordered.flatMap(\.fragments)).map(\.secondTokens))
    let inside = tokens.parts(of: before..<before + copy.count).reduce(0) { $0 + $1.count }
    return (Double(inside) / Double(copy.count), tokens.count - inside, passages.count)
  }

  @Test(arguments: cases)
  func `noise leaves most passages whole, and their ends where they are`(example: Case) {
    var (count, whole, beside, pieces) = (0, 0, 0, 0)
    for words in [60, 80, 120, 300] {
      for number in 0..<15 {
        let found = found(example.noise, identity: example.identity, words: words, seed: number)
        count += 1
        whole += found.share >= 0.9 ? 1 : 0
        beside += found.beside
        pieces += found.pieces
      }
    }
    #expect(
      Double(whole) >= example.share * Double(count), "\(whole) of \(count)")
    #expect(beside <= 3 * count)
    #expect(Double(pieces) <= 1.2 * Double(count))
  }

  @Test(arguments: [0.9, 0.9996, 1]) func `no passage is below the minimum identity`(
    identity: Double
  ) {
    var count = 0
    for number in 0..<12 {
      var random = seeded(number, 47)
      let passage = Self.vocabulary.text(2000, &random)
      var copy = passage
      for _ in 0..<3 * number { copy[random.below(2000)] = Self.vocabulary.word(&random) }
      let search = PassageSearch(
        [passage.joined(separator: " "), copy.joined(separator: " ")],
        rules: PassageRules(minimumIdentity: identity))
      let passages = search.passages.filter { $0.first != $0.second }
      count += passages.count
      #expect(passages.allSatisfy { $0.identity >= identity })
    }
    #expect(count >= 12)
  }

  @Test func `sentences in another order are one passage of fragments`() {
    var half = 0
    for number in 0..<40 {
      let found = found(.reordered, identity: 0.7, words: 80 + 10 * number, seed: number)
      half += found.share >= 0.5 ? 1 : 0
      #expect(found.beside <= 12)
    }
    #expect(half >= 36)
  }

  @Test(arguments: [0.9, 0.7, 0.5])
  func `texts of the same words in another order share no passage`(identity: Double) {
    var random = seeded(31)
    let text = Self.vocabulary.text(600, &random)
    let documents = (0..<40).map { _ in
      var runs = stride(from: 0, to: text.count, by: 3).map { text[$0..<$0 + 3] }
      for index in runs.indices.dropFirst() { runs.swapAt(index, random.below(index + 1)) }
      return runs.flatMap { $0 }.joined(separator: " ")
    }
    let search = PassageSearch(documents, rules: PassageRules(minimumIdentity: identity))
    #expect(search.passages.isEmpty && search.reordered.isEmpty)
  }

  @Test(arguments: [PlantedText.chinese, .thai, .russian, .arabic, .hindi])
  func `every script counts by its weight`(script: PlantedText) {
    var whole = 0
    for number in 0..<20 {
      var random = seeded(number, 37)
      let passage = script.tokens(ofWords: 80, &random)
      let edited = passage.map {
        random.below(100) < 5 ? script.tokens(ofWords: 1, &random)[0] : $0
      }
      let pair = PlantedPair(script, passage, edited, before: 60, after: 60, &random)
      let search = PassageSearch(pair.documents, rules: PassageRules(minimumIdentity: 0.7))
      let found = search.passages.filter { $0.first != $0.second }.map {
        search.bytes(of: $0).second
      }
      let inside = found.map { $0.clamped(to: pair.second).count }.max() ?? 0
      whole += 10 * inside >= 9 * pair.second.count ? 1 : 0
    }
    #expect(whole >= 19)
  }
}
