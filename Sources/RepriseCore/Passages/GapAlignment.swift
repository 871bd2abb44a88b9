/// The longest common subsequence of the tokens between two runs, as blocks.
///
/// The plain table over both gaps: they are at most ``limit`` tokens, and their lengths differ by
/// little, so that it is no wider than a band would be.
struct GapAlignment {
  /// The most tokens of a gap.
  static let limit = 128

  /// Aligns two gaps of at most ``limit`` tokens.
  /// - Complexity: O(product of their lengths).
  static func blocks(
    _ first: [UInt64], _ firstGap: Range<Int>, _ second: [UInt64], _ secondGap: Range<Int>
  ) -> [Passage.Block] {
    guard !firstGap.isEmpty && !secondGap.isEmpty else { return [] }
    let width = secondGap.count + 1
    // lengths[i * width + j]: of the subsequence of what follows token i of the one and j of the other.
    var lengths = [UInt8](repeating: 0, count: (firstGap.count + 1) * width)
    for i in (0..<firstGap.count).reversed() {
      for j in (0..<secondGap.count).reversed() {
        let place = i * width + j
        let isEqual = first[firstGap.lowerBound + i] == second[secondGap.lowerBound + j]
        lengths[place] =
          isEqual ? lengths[place + width + 1] + 1 : max(lengths[place + width], lengths[place + 1])
      }
    }
    var blocks: [Passage.Block] = []
    var (i, j) = (0, 0)
    while i < firstGap.count && j < secondGap.count && lengths[i * width + j] > 0 {
      let (a, b) = (firstGap.lowerBound + i, secondGap.lowerBound + j)
      if first[a] == second[b] {
        blocks.append(matchAt: a, b)
        (i, j) = (i + 1, j + 1)
      } else if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
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
