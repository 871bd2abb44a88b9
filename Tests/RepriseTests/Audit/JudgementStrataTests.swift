import Testing

@testable import Reprise

@Suite("Judgements by similarity")
struct JudgementStrataTests {
  private static func judgements(
    _ similarity: Double, same: Int, different: Int, unsure: Int = 0
  ) -> [Judgement] {
    let labels =
      [Judgement.Label](repeating: .same, count: same)
      + [Judgement.Label](repeating: .different, count: different)
      + [Judgement.Label](repeating: .unsure, count: unsure)
    return labels.enumerated().map { index, label in
      let document = Judgement.Document(id: "d", source: "\(similarity)", offset: index)
      return Judgement(
        first: document, second: document, similarity: similarity, label: label,
        kind: .bySimilarity)
    }
  }

  @Test("divide the similarities from the threshold to 1 into fifths")
  func bounds() {
    let similarities = [0.8, 0.8399, 0.8401, 0.9, 0.92, 0.96, 1, 0.8]
    #expect(JudgementStrata.counts(similarities, threshold: 0.8) == [3, 1, 1, 1, 2])
    let strata = JudgementStrata([], threshold: 0.5, totals: [1, 2, 3, 4, 5]).strata
    #expect(strata.map(\.from) == [0.5, 0.6, 0.7, 0.8, 0.9] && strata.last?.end == 1)
    #expect(zip(strata, strata.dropFirst()).allSatisfy { $0.end == $1.from })
  }

  @Test("count by the number of drops in each fifth, not by that of the judgements")
  func weights() throws {
    // The formula, computed with Python's fractions and NormalDist.
    let judgements =
      Self.judgements(0.81, same: 2, different: 3) + Self.judgements(0.9, same: 3, different: 1)
      + Self.judgements(0.95, same: 4, different: 0, unsure: 2)
      + Self.judgements(0.99, same: 5, different: 0)
    let strata = JudgementStrata(judgements, threshold: 0.8, totals: [10, 0, 20, 30, 40])
    let share = try #require(strata.share)
    let limits = try #require(strata.interval(confidence: 0.95))
    #expect(abs(share - 0.89) < 1e-12)
    #expect(abs(limits.lowerBound - 0.7129556765085834) < 1e-9 && limits.upperBound == 1)
    #expect(strata.open.isEmpty)
  }

  @Test("of which a fifth is not judged say nothing of all")
  func open() {
    let judged = Self.judgements(0.81, same: 5, different: 0, unsure: 1)
    let strata = JudgementStrata(judged, threshold: 0.8, totals: [5, 0, 0, 0, 9])
    #expect(strata.share == nil && strata.interval(confidence: 0.95) == nil)
    #expect(strata.open.map(\.total) == [9])
    // All were judged, so nothing is estimated.
    let whole = JudgementStrata(judged, threshold: 0.8, totals: [5, 0, 0, 0, 0])
    #expect(whole.interval(confidence: 0.95) == 1...1)
    #expect(JudgementStrata([], threshold: 0.8, totals: [0, 0, 0, 0, 0]).share == nil)
  }
}
