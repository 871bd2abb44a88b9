import RepriseTestSupport
import Testing

@testable import RepriseCore

@Suite("Alignment of gaps")
struct AlignmentTests {
  /// Tokens of a small alphabet, and an edited copy.
  private func pair(
    _ random: inout SplitMix64, count: Int, alphabet: UInt64
  ) -> (first: [UInt64], second: [UInt64]) {
    let first = (0..<count).map { _ in random.next() % alphabet }
    var second: [UInt64] = []
    for token in first {
      switch random.next() % 12 {
      case 0: second.append(random.next() % alphabet)
      case 1: second += [token, random.next() % alphabet]
      case 2: break
      default: second.append(token)
      }
    }
    if second.isEmpty { second = [0] }
    return (first, Array(second.prefix(GapAlignment.limit)))
  }

  /// The length of a longest common subsequence by the table of all prefixes.
  private func commonCount(_ first: [UInt64], _ second: [UInt64]) -> Int {
    var row = [Int](repeating: 0, count: second.count + 1)
    for token in first {
      var before = 0
      for index in second.indices {
        let above = row[index + 1]
        row[index + 1] = token == second[index] ? before + 1 : max(above, row[index])
        before = above
      }
    }
    return row[second.count]
  }

  @Test("Blocks are a longest common subsequence, with every instruction set")
  func matches() {
    var random = SplitMix64(state: 77)
    for round in 0..<1500 {
      let count = 1 + Int(random.next() % UInt64(GapAlignment.limit))
      let alphabet: UInt64 = [2, 5, 40, 100_000][round % 4]
      let (first, second) = pair(&random, count: count, alphabet: alphabet)
      let expected = commonCount(first, second)
      for set in InstructionSet.available {
        let matches = GapAlignment(instructionSet: set).matches(
          first[...], second[...], unmatched: 2 * GapAlignment.limit, isWhole: false)
        #expect(matches.reduce(0) { $0 + $1.count } == expected, "\(first) \(second) \(set)")
        var end = (first: 0, second: 0)
        for match in matches {
          #expect(match.first >= end.first && match.second >= end.second)
          end = (match.first + match.count, match.second + match.count)
          guard end.first <= first.count && end.second <= second.count else {
            Issue.record("a block ends behind the tokens")
            break
          }
          #expect(
            first[match.first..<end.first].elementsEqual(second[match.second..<end.second]))
        }
      }
    }
  }

  @Test("What leaves too many tokens without a match is told from what does not")
  func whole() {
    var random = SplitMix64(state: 78)
    var counts = (some: 0, none: 0)
    for _ in 0..<1500 {
      let count = 1 + Int(random.next() % UInt64(GapAlignment.limit))
      let (first, second) = pair(&random, count: count, alphabet: 50)
      let unmatched = Int(random.next() % 40)
      let rest = max(first.count, second.count) - commonCount(first, second)
      for set in InstructionSet.available {
        let matches = GapAlignment(instructionSet: set).matches(
          first[...], second[...], unmatched: unmatched, isWhole: true)
        let found = matches.reduce(0) { $0 + $1.count }
        if rest <= unmatched {
          #expect(found == commonCount(first, second), "\(first) \(second) \(unmatched)")
          counts.some += 1
        } else {
          #expect(found == 0 || found == commonCount(first, second))
          counts.none += 1
        }
      }
    }
    #expect(counts.some > 100 && counts.none > 100)
  }

  @Test("The promising beginning is the longest, with every instruction set")
  func promising() {
    var random = SplitMix64(state: 79)
    for _ in 0..<800 {
      let count = 1 + Int(random.next() % 300)
      var (first, second) = pair(&random, count: count, alphabet: 1000)
      let length = min(first.count, second.count)
      if length > 20 {
        for index in length / 2..<length where random.next() % 3 > 0 { second[index] = 5000 }
      }
      (first, second) = (Array(first.prefix(length)), Array(second.prefix(length)))
      let (unmatched, penalty) = (1 + Int(random.next() % 30), 1 + Int(random.next() % 8))
      var (missing, expected) = (0, 0)
      for index in 0..<length {
        let near = second[max(0, index - unmatched)...min(length - 1, index + unmatched)]
        missing += near.contains(first[index]) ? 0 : 1
        if missing > unmatched { break }
        if index + 1 - missing > penalty * missing { expected = index + 1 }
      }
      // Behind the tokens what the kernels may read and not use.
      let room = [UInt64](repeating: 1 << 40, count: 64)
      for set in InstructionSet.available {
        let found = unsafe (first + room).withUnsafeBufferPointer { first in
          unsafe (second + room).withUnsafeBufferPointer { second in
            unsafe GapAlignment(instructionSet: set).promisingCount(
              UnsafeBufferPointer(rebasing: first[..<length]),
              UnsafeBufferPointer(rebasing: second[..<length]), unmatched: unmatched,
              penalty: penalty)
          }
        }
        #expect(found == expected, "\(length) tokens, \(unmatched), \(penalty), \(set)")
      }
    }
  }
}
