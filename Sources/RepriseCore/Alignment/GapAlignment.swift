internal import CKernels

/// Aligns the tokens between two matches by a longest common subsequence, which gives further
/// matches.
///
/// Both gaps must be short: use ``ExactMatches`` on whole documents.
struct GapAlignment {
  /// The maximum number of tokens in a gap.
  static let limit = Int(REPRISE_ALIGNMENT_LIMIT)

  private let set: reprise_instruction_set

  init(instructionSet: InstructionSet = .best) { set = instructionSet.kernel }

  /// Aligns two gaps of at most ``limit`` tokens.
  /// - Parameters:
  ///   - first: the tokens of the first document between the matches.
  ///   - second: the tokens of the second document between them.
  ///   - unmatched: the maximum number of tokens of the longer side that may stay unmatched.
  ///   - isWhole: true to return nothing if more tokens stay unmatched; false to align what there
  ///     is.
  /// - Returns: matches of equal tokens, ascending in both documents.
  /// - Complexity: O(tokens of the first x tokens of the second), 128 of them in one step.
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

  /// Aligns two gaps in memory; the matches count from the start of each buffer.
  func matches(
    _ first: UnsafeBufferPointer<UInt64>, _ second: UnsafeBufferPointer<UInt64>, unmatched: Int,
    isWhole: Bool
  ) -> [Passage.Match] {
    guard min(first.count, second.count) > 0, abs(first.count - second.count) <= unmatched else {
      return []
    }
    precondition(max(first.count, second.count) <= Self.limit, "a gap is not longer")
    // In bounds: a common subsequence of at most `limit` tokens has at most that number of matches.
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

  /// The length of the longest beginning of both buffers in which there may be more than `penalty`
  /// matches per unmatched token.
  ///
  /// - Parameters:
  ///   - first: tokens.
  ///   - second: as many tokens; 7 more after them must be readable.
  ///   - unmatched: the maximum distance of matching tokens, and the maximum number of unmatched
  ///     ones; at most 31.
  ///   - penalty: the number of matches that make up for one unmatched token.
  /// - Returns: the number of tokens.
  /// - Complexity: O(tokens x unmatched).
  func promisingCount(
    _ first: UnsafeBufferPointer<UInt64>, _ second: UnsafeBufferPointer<UInt64>, unmatched: Int,
    penalty: Int
  ) -> Int {
    unsafe reprise_promising_count(
      first.baseAddress, second.baseAddress, min(first.count, second.count), unmatched, penalty,
      set)
  }
}
