import RepriseTestSupport
import Testing

@testable import RepriseCore
@testable import RepriseEngine

/// Random pairs of texts against a quadratic local alignment.
@Suite("Edited passages against a plain alignment") struct EditedPassageOracleTests {
  @Test(arguments: [(0.7, 10), (0.7, 20), (0.5, 25)])
  func `what a plain alignment finds is found`(identity: Double, percent: Int) {
    let vocabulary = Vocabulary(2000, seed: 9)
    var (expected, covered, total) = (0, 0, 0)
    for number in 0..<60 {
      var random = seeded(number, percent)
      let passage = vocabulary.text(55 + random.below(60), &random)
      let copy = Noise.replaced(percent).applied(to: passage, &random) { vocabulary.word(&$0) }
      let one = vocabulary.text(random.below(90), &random) + passage + vocabulary.text(40, &random)
      let other = vocabulary.text(random.below(90), &random) + copy + vocabulary.text(40, &random)
      let search = PassageSearch(
        [one.joined(separator: " "), other.joined(separator: " ")],
        rules: PassageRules(minimumIdentity: identity))
      let plain = PlainAlignment(
        search.words[0], search.words[1], penalty: identity > 0.6 ? 2 : 1)
      guard let best = plain.best, best.second.count >= 52, best.identity >= identity + 0.02
      else { continue }
      expected += 1
      let found = TokenRanges(
        search.passages.filter { $0.first != $0.second }.map(\.secondTokens))
      total += best.second.count
      covered += found.parts(of: best.second).reduce(0) { $0 + $1.count }
    }
    #expect(expected >= 40)
    #expect(Double(covered) >= 0.93 * Double(total), "\(covered) of \(total) in \(expected)")
  }
}

/// The best local alignment of two texts by the plain table (Smith and Waterman, 1981): a match
/// scores 1, and a column without one costs the penalty.
struct PlainAlignment {
  /// The tokens of both texts, and the share of columns that match.
  struct Best {
    var first: Range<Int>
    var second: Range<Int>
    var identity: Double
  }

  private(set) var best: Best?

  init(_ first: [UInt64], _ second: [UInt64], penalty: Int) {
    struct Cell {
      var score = 0
      var matches = 0
      var start = (0, 0)
    }
    var above = [Cell](repeating: Cell(), count: second.count + 1)
    var top = 0
    for i in 1...first.count {
      var row = [Cell](repeating: Cell(), count: second.count + 1)
      for j in 1...second.count {
        var cell = above[j - 1]
        if cell.score == 0 { cell = Cell(start: (i - 1, j - 1)) }
        let isEqual = first[i - 1] == second[j - 1]
        cell.score += isEqual ? 1 : -penalty
        cell.matches += isEqual ? 1 : 0
        for other in [above[j], row[j - 1]] where other.score - penalty > cell.score {
          cell = other
          cell.score -= penalty
        }
        row[j] = cell.score > 0 ? cell : Cell()
        guard row[j].score > top else { continue }
        top = row[j].score
        let ranges = (cell.start.0..<i, cell.start.1..<j)
        best = Best(
          first: ranges.0, second: ranges.1,
          identity: Double(cell.matches) / Double(max(ranges.0.count, ranges.1.count)))
      }
      above = row
    }
  }
}
