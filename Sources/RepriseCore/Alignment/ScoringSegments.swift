/// The parts of a sequence of matches that are passages: its maximal scoring segments (Ruzzo and
/// Tompa, A Linear Time Algorithm for Finding All Maximal Scoring Subsequences, ISMB 1999).
///
/// Any beginning and any end of such a segment has a score above 0.
struct ScoringSegments {
  private struct Segment {
    var matches: ClosedRange<Int>
    /// The total score before the segment, and after it.
    var before: Int
    var after: Int
  }

  private var segments: [Segment] = []
  private var total = 0
  private var count = 0

  /// The segments so far, as ranges of the matches in the order in which they were added.
  var ranges: [ClosedRange<Int>] { segments.map(\.matches) }

  /// Adds a match.
  /// - Parameters:
  ///   - score: its score, above 0.
  ///   - gap: the score of the gap before it; may be below 0.
  /// - Complexity: O(1) in the mean.
  mutating func add(score: Int, after gap: Int) {
    total += gap
    var new = Segment(matches: count...count, before: total, after: total + score)
    total += score
    count += 1
    while let index = segments.lastIndex(where: { $0.before < new.before }),
      segments[index].after < new.after
    {
      new.matches = segments[index].matches.lowerBound...new.matches.upperBound
      new.before = segments[index].before
      segments.removeSubrange(index...)
    }
    segments.append(new)
  }
}
