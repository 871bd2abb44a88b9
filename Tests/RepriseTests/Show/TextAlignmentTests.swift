import Testing

@testable import Reprise

@Suite("Alignment of two texts that are shown")
struct TextAlignmentTests {
  private static func check(_ first: [Int], _ second: [Int]) -> Int {
    let parts = TextAlignment(first.map { UInt32($0) }, second.map { UInt32($0) }).parts
    var ends = (0, 0)
    var common = 0
    for (index, part) in parts.enumerated() {
      #expect(part.first.lowerBound == ends.0 && part.second.lowerBound == ends.1)
      #expect(index == 0 || parts[index - 1].isEqual != part.isEqual)
      if part.isEqual {
        #expect(Array(first[part.first]) == Array(second[part.second]))
        common += part.first.count
      }
      ends = (part.first.upperBound, part.second.upperBound)
    }
    #expect(ends == (first.count, second.count))
    return common
  }

  /// The length of the longest common subsequence, by the quadratic recurrence.
  private static func longestCommon(_ first: [Int], _ second: [Int]) -> Int {
    var row = [Int](repeating: 0, count: second.count + 1)
    for token in first {
      var diagonal = 0
      for index in second.indices {
        let above = row[index + 1]
        row[index + 1] = token == second[index] ? diagonal + 1 : max(above, row[index])
        diagonal = above
      }
    }
    return row[second.count]
  }

  @Test("covers both texts, and short ones have the most common words", arguments: 0..<400)
  func shortTexts(seed: Int) {
    var random = RandomTexts(seed: UInt64(seed))
    let lengths = (random.number(below: 60), random.number(below: 60))
    let kinds = 2 + seed % 3
    let first = (0..<lengths.0).map { _ in random.number(below: kinds) }
    let second = (0..<lengths.1).map { _ in random.number(below: kinds) }
    #expect(Self.check(first, second) == Self.longestCommon(first, second))
  }

  @Test("finds edits in long texts exactly", arguments: 0..<40)
  func edits(seed: Int) {
    var random = RandomTexts(seed: UInt64(1000 + seed))
    let first = (0..<5000).map { _ in random.number(below: 3000) }
    var second = first
    // Edits far from one another, of words that no text has.
    let places = stride(from: 50, to: 4900, by: 97)
    for place in places { second[place] = 100_000 + place }
    #expect(Self.check(first, second) == 5000 - places.underestimatedCount)
    var shorter = first
    shorter.removeSubrange(1000..<1700)
    #expect(Self.check(first, shorter) == 4300)
    #expect(Self.check(shorter, first) == 4300)
    #expect(Self.check(first, []) == 0)
    // A line that repeats has no phrase that comes once.
    let log = (0..<4000).map { $0 % 10 }
    #expect(Self.check(log, log + [77]) == 4000)
    #expect(Self.check([77] + log, log) == 4000)
    #expect(Self.check(log, log) == 4000)
    #expect(Self.check(log, Array(log.dropFirst(10))) == 3990)
    #expect(Self.check(first, first.map { $0 + 1_000_000 }) == 0)
  }
}
