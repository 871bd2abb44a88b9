import RepriseTestSupport
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
