internal import CKernels

/// The longest common subsequence of the tokens between two matches, as further matches.
struct GapAlignment {
  /// The most tokens of a gap.
  static let limit = Int(REPRISE_ALIGNMENT_LIMIT)

  private let set: reprise_instruction_set

  init(instructionSet: InstructionSet = .best) { set = instructionSet.kernel }

  /// Aligns two gaps of at most ``limit`` tokens.
  /// - Parameters:
  ///   - first: the tokens of one document between the matches.
  ///   - second: those of the other.
  ///   - unmatched: the most tokens of the longer side without a match that are of interest.
  ///   - isWhole: true if nothing needs to be aligned where more are without a match; false if the
  ///     beginning is of interest all the same.
  /// - Returns: matches of equal tokens, ascending in both.
  /// - Complexity: O(tokens of the first x tokens of the second), many of these at once.
  func matches(
    _ first: ArraySlice<UInt64>, _ second: ArraySlice<UInt64>, unmatched: Int, isWhole: Bool
  ) -> [Passage.Match] {
    let matches: [Passage.Match] = unsafe first.withUnsafeBufferPointer { first in
      unsafe second.withUnsafeBufferPointer { second in
        unsafe self.matches(first, second, unmatched: unmatched, isWhole: isWhole)
      }
    }
    return matches.map {
      Passage.Match(
        first: first.startIndex + $0.first, second: second.startIndex + $0.second, count: $0.count)
    }
  }

  /// The same for tokens anywhere in memory, with matches counted from their beginnings.
  func matches(
    _ first: UnsafeBufferPointer<UInt64>, _ second: UnsafeBufferPointer<UInt64>, unmatched: Int,
    isWhole: Bool
  ) -> [Passage.Match] {
    guard min(first.count, second.count) > 0, abs(first.count - second.count) <= unmatched else {
      return []
    }
    precondition(max(first.count, second.count) <= Self.limit, "a gap is not longer")
    return unsafe withUnsafeTemporaryAllocation(of: reprise_aligned_run.self, capacity: Self.limit)
    { matches in
      let count = unsafe reprise_align(
        first.baseAddress, first.count, second.baseAddress, second.count, unmatched,
        isWhole ? 1 : 0, matches.baseAddress, set)
      return (0..<count).map { index in
        let match = unsafe matches[index]
        return Passage.Match(
          first: Int(match.first), second: Int(match.second), count: Int(match.count))
      }
    }
  }

  /// The longest beginning of both in which there may be more than `penalty` matches for every
  /// token without.
  ///
  /// - Parameters:
  ///   - first: tokens.
  ///   - second: as many.
  ///   - unmatched: how far apart matches may be, and the most tokens without one.
  ///   - penalty: the matches that make up for one token without.
  /// - Returns: the number of tokens.
  func promisingCount(
    _ first: UnsafeBufferPointer<UInt64>, _ second: UnsafeBufferPointer<UInt64>, unmatched: Int,
    penalty: Int
  ) -> Int {
    unsafe reprise_promising_count(
      first.baseAddress, second.baseAddress, min(first.count, second.count), unmatched, penalty,
      set)
  }
}
