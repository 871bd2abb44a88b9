/// The longest common subsequence of the tokens between two runs, as blocks, within a band.
struct GapAlignment {
  /// The most tokens of a gap.
  static let limit = 128

  private let first: ArraySlice<UInt64>
  private let second: ArraySlice<UInt64>
  /// How far a token of the second gap may be behind its match in the first: at least, at most.
  private let shifts: ClosedRange<Int>
  private var width: Int { shifts.count }
  /// Of each token of the first gap, and each shift within the band, the length of the subsequence
  /// of what follows both; one row more than there are tokens.
  private var lengths: [UInt8]

  /// Aligns two gaps of at most ``limit`` tokens.
  /// - Parameters:
  ///   - first: the tokens of one document between the runs.
  ///   - second: those of the other.
  ///   - unmatched: the most tokens of the longer side without a match that are of interest.
  ///   - isWhole: true if nothing needs to be aligned where more are without a match; false if the
  ///     beginning is of interest all the same.
  /// - Returns: runs of equal tokens, ascending in both.
  /// - Complexity: O(tokens x unmatched).
  static func blocks(
    _ first: ArraySlice<UInt64>, _ second: ArraySlice<UInt64>, unmatched: Int, isWhole: Bool
  ) -> [Passage.Block] {
    guard !first.isEmpty && !second.isEmpty, abs(first.count - second.count) <= unmatched else {
      return []
    }
    var alignment = GapAlignment(first, second, unmatched: unmatched)
    if isWhole && alignment.leaves(more: unmatched) { return [] }
    alignment.fill()
    return alignment.trace()
  }

  private init(_ first: ArraySlice<UInt64>, _ second: ArraySlice<UInt64>, unmatched: Int) {
    self.first = first
    self.second = second
    let difference = second.count - first.count
    // A path that leaves the diagonal by more than what is unmatched on it is no better.
    let slack = min(unmatched, RunChains.shiftLimit, Self.mismatches(first, second))
    shifts = min(0, difference) - slack...max(0, difference) + slack
    lengths = []
  }

  /// The tokens that do not match if the shorter side is laid to the start of the longer.
  private static func mismatches(
    _ first: ArraySlice<UInt64>, _ second: ArraySlice<UInt64>
  ) -> Int {
    let matches = zip(first, second).reduce(0) { $0 + ($1.0 == $1.1 ? 1 : 0) }
    return max(first.count, second.count) - matches
  }

  /// True if so many tokens of the first gap stand nowhere within the band of the second that more
  /// than `unmatched` tokens of the longer side are without a match.
  private func leaves(more unmatched: Int) -> Bool {
    var left = unmatched - max(0, second.count - first.count)
    return unsafe first.withUnsafeBufferPointer { first in
      unsafe second.withUnsafeBufferPointer { second in
        for i in 0..<first.count {
          let token = unsafe first[i]
          let from = max(0, i + shifts.lowerBound)
          let to = min(second.count, i + shifts.upperBound + 1)
          var isThere = false
          for j in from..<max(from, to) { isThere = unsafe isThere || second[j] == token }
          left -= isThere ? 0 : 1
          if left < 0 { return true }
        }
        return false
      }
    }
  }

  /// From the ends backwards, so that the trace goes forwards.
  private mutating func fill() {
    lengths = Array(repeating: 0, count: (first.count + 1) * width)
    let (first, second) = (first, second)
    let (low, width) = (shifts.lowerBound, width)
    unsafe lengths.withUnsafeMutableBufferPointer { lengths in
      unsafe first.withUnsafeBufferPointer { first in
        unsafe second.withUnsafeBufferPointer { second in
          for i in (0..<first.count).reversed() {
            // The second gap's tokens within the band: the tables have a row and a column more.
            let from = max(0, -(i + low))
            let to = min(width, second.count - i - low)
            guard from < to else { continue }
            let token = unsafe first[i]
            var right: UInt8 = 0
            for place in (from..<to).reversed() {
              let below = (i + 1) * width + place
              if unsafe token == second[i + low + place] {
                right = unsafe lengths[below] + 1
              } else if place > 0 {
                right = unsafe max(right, lengths[below - 1])
              }
              unsafe lengths[i * width + place] = right
            }
          }
        }
      }
    }
  }

  private func length(_ i: Int, _ j: Int) -> UInt8 {
    shifts.contains(j - i) ? lengths[i * width + j - i - shifts.lowerBound] : 0
  }

  private func trace() -> [Passage.Block] {
    var blocks: [Passage.Block] = []
    var (i, j) = (0, 0)
    while i < first.count && j < second.count && length(i, j) > 0 {
      let (a, b) = (first.startIndex + i, second.startIndex + j)
      if first[a] == second[b] {
        blocks.append(matchAt: a, b)
        (i, j) = (i + 1, j + 1)
      } else if length(i + 1, j) >= length(i, j + 1) {
        i += 1
      } else {
        j += 1
      }
    }
    return blocks
  }
}

extension [Passage.Block] {
  fileprivate mutating func append(matchAt first: Int, _ second: Int) {
    if let last = last, last.firstEnd == first && last.secondEnd == second {
      self[count - 1].count += 1
    } else {
      append(Passage.Block(first: first, second: second, count: 1))
    }
  }
}
