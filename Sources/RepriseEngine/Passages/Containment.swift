/// Finds documents whose words are, nearly all of them, in one other document.
///
/// Only exact runs of at least the minimum length count. Documents are decided by falling length,
/// so that the container stays whole, whichever comes first in keep order.
package struct Containment: Sendable {
  /// A document that another contains.
  package struct Drop: Hashable, Sendable {
    /// The document that contains it, by its rank in keep order.
    package let container: UInt32
    /// The share of its tokens that the container has in runs, from 0 to 1.
    package let share: Double
  }

  /// The contained documents, by their ranks in keep order.
  ///
  /// No container is contained itself.
  package private(set) var drops: [UInt32: Drop] = [:]
  /// The contained documents that are not dropped only because they must not be.
  package private(set) var blocked: [UInt32: Drop] = [:]

  /// Tokens of a document that a different one also has.
  private struct Shared {
    var document: UInt32
    var other: UInt32
    // Positions are below 2^30.
    var start: UInt32
    var end: UInt32
  }

  /// The memory that a run takes while documents are compared, in bytes.
  package static let byteCountOfRun = 2 * MemoryLayout<Shared>.stride

  /// Decides which documents are contained in others.
  ///
  /// - Parameters:
  ///   - runs: runs of equal tokens.
  ///   - share: the minimum share of a document's tokens; 0 to find nothing.
  ///   - tokenCount: returns the number of tokens of a document.
  ///   - mayBeDropped: whether a document may be dropped.
  ///   - isContainer: whether others may be dropped because a document contains them.
  ///   - isReference: whether a document is a reference, which no other document replaces.
  /// - Complexity: O(n log n) for n runs.
  package init(
    _ runs: PassageList, share: Double, tokenCount: (UInt32) -> Int,
    mayBeDropped: (UInt32) -> Bool, isContainer: (UInt32) -> Bool = { _ in true },
    isReference: (UInt32) -> Bool = { _ in false }
  ) {
    guard share > 0 else { return }
    var candidates = Self.candidates(runs, share: share, tokenCount)
    candidates.sort { left, right in
      (right.tokenCount, left.document, right.share, left.container)
        < (left.tokenCount, right.document, left.share, right.container)
    }
    for candidate in candidates
    where drops[candidate.document] == nil && drops[candidate.container] == nil {
      // If two equally long documents contain each other, the first one stays.
      let containerCount = tokenCount(candidate.container)
      guard (candidate.tokenCount, candidate.container) < (containerCount, candidate.document),
        !isReference(candidate.document) || isReference(candidate.container),
        isContainer(candidate.container)
      else { continue }
      let drop = Drop(container: candidate.container, share: candidate.share)
      guard mayBeDropped(candidate.document) else {
        if blocked[candidate.document] == nil { blocked[candidate.document] = drop }
        continue
      }
      drops[candidate.document] = drop
    }
  }

  private struct Candidate {
    var document: UInt32
    var container: UInt32
    var tokenCount: Int
    var share: Double
  }

  /// The pairs of a document and one that has the minimum share of its tokens.
  private static func candidates(
    _ runs: PassageList, share: Double, _ tokenCount: (UInt32) -> Int
  ) -> [Candidate] {
    var candidates: [Candidate] = []
    var rest = shared(runs)[...]
    while let first = rest.first {
      let own = rest.prefix { $0.document == first.document && $0.other == first.other }
      rest = rest.dropFirst(own.count)
      var (covered, end) = (0, 0)
      for range in own where Int(range.end) > end {
        covered += Int(range.end) - max(end, Int(range.start))
        end = Int(range.end)
      }
      let count = tokenCount(first.document)
      // The runs of a text that changed after its sketch was computed may have more tokens.
      guard count > 0, covered <= count, Double(covered) >= share * Double(count) else { continue }
      candidates.append(
        Candidate(
          document: first.document, container: first.other, tokenCount: count,
          share: Double(covered) / Double(count)))
    }
    return candidates
  }

  /// Both sides of the runs of two documents, by document, other document and position.
  private static func shared(_ runs: PassageList) -> [Shared] {
    var shared: [Shared] = []
    shared.reserveCapacity(2 * runs.count)
    for index in runs.indices {
      let (first, second) = runs.documents(at: index)
      guard first != second else { continue }
      let (one, other) = (runs.firstTokens(at: index), runs.secondTokens(at: index))
      shared.append(
        Shared(
          document: first, other: second, start: UInt32(one.lowerBound),
          end: UInt32(one.upperBound)))
      shared.append(
        Shared(
          document: second, other: first, start: UInt32(other.lowerBound),
          end: UInt32(other.upperBound)))
    }
    shared.sort { ($0.document, $0.other, $0.start) < ($1.document, $1.other, $1.start) }
    return shared
  }
}
