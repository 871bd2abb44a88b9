internal import RepriseCore

extension Containment {
  /// A run of a contained document and its container.
  private struct Bridge {
    /// The tokens in the contained document.
    var tokens: Range<Int>
    /// The position of the first one in the container.
    var start: Int
  }

  /// One side of a run.
  private struct Side {
    var document: UInt32
    /// The distance of this part from the beginning of the run.
    var offset: Int
    var start: Int
    var count: Int
  }

  /// Runs between documents that are not contained in others.
  ///
  /// Where very many documents share a run, each is compared with few of them. If one of these is
  /// dropped, its container is used instead, because it has the same words.
  ///
  /// - Parameters:
  ///   - runs: runs of equal tokens.
  ///   - minimumWords: the minimum length of a run.
  /// - Returns: the runs, those of contained documents replaced.
  /// - Complexity: O(n log n) for n runs, and the runs that are added.
  package func rerouted(_ runs: PassageList, minimumWords: Int) -> PassageList {
    guard !drops.isEmpty else { return runs }
    let bridges = bridges(in: runs)
    var result = PassageList()
    for run in runs {
      guard drops[run.first] != nil || drops[run.second] != nil else {
        result.append(run)
        continue
      }
      for first in sides(run.first, run.firstTokens, bridges) {
        for second in sides(run.second, run.secondTokens, bridges) {
          guard let part = Self.run(first, second) else { continue }
          // In proportion to the tokens, rounded up: the plan counts words exactly.
          let words = (run.words * part.first.count + run.matchCount - 1) / run.matchCount
          guard words >= minimumWords else { continue }
          result.append(
            Passage(
              first: part.first.document, second: part.second.document,
              matches: [
                Passage.Match(
                  first: part.first.start, second: part.second.start, count: part.first.count)
              ], words: words))
        }
      }
    }
    return result
  }

  private func bridges(in runs: PassageList) -> [UInt32: [Bridge]] {
    var bridges: [UInt32: [Bridge]] = [:]
    for index in runs.indices {
      let (first, second) = runs.documents(at: index)
      let (one, other) = (runs.firstTokens(at: index), runs.secondTokens(at: index))
      if drops[first]?.container == second {
        bridges[first, default: []].append(Bridge(tokens: one, start: other.lowerBound))
      } else if drops[second]?.container == first {
        bridges[second, default: []].append(Bridge(tokens: other, start: one.lowerBound))
      }
    }
    return bridges.mapValues(Self.cover)
  }

  /// Some of the bridges, such that each token is in at most one, ascending.
  ///
  /// A text that repeats itself has very many, and one position in the container is enough.
  private static func cover(_ bridges: [Bridge]) -> [Bridge] {
    let sorted = bridges.sorted {
      ($0.tokens.lowerBound, $1.tokens.upperBound, $0.start)
        < ($1.tokens.lowerBound, $0.tokens.upperBound, $1.start)
    }
    var cover: [Bridge] = []
    var (end, next) = (0, 0)
    while next < sorted.count {
      end = max(end, sorted[next].tokens.lowerBound)
      // The bridge that begins at or before the end of the last one and goes farthest.
      var best: Bridge?
      while next < sorted.count, sorted[next].tokens.lowerBound <= end {
        if sorted[next].tokens.upperBound > best?.tokens.upperBound ?? end { best = sorted[next] }
        next += 1
      }
      guard let best else { continue }
      cover.append(
        Bridge(
          tokens: end..<best.tokens.upperBound,
          start: best.start + end - best.tokens.lowerBound))
      end = best.tokens.upperBound
    }
    return cover
  }

  /// A side of a run, or its parts in the container if the document is contained in one.
  private func sides(
    _ document: UInt32, _ tokens: Range<Int>, _ bridges: [UInt32: [Bridge]]
  ) -> [Side] {
    guard let container = drops[document]?.container else {
      return [Side(document: document, offset: 0, start: tokens.lowerBound, count: tokens.count)]
    }
    var sides: [Side] = []
    for bridge in bridges[document] ?? [] {
      guard bridge.tokens.lowerBound < tokens.upperBound else { break }
      let shared = bridge.tokens.clamped(to: tokens)
      guard !shared.isEmpty else { continue }
      sides.append(
        Side(
          document: container, offset: shared.lowerBound - tokens.lowerBound,
          start: bridge.start + shared.lowerBound - bridge.tokens.lowerBound,
          count: shared.count))
    }
    return sides
  }

  /// The tokens that two sides of one run have in common, the first document first; nil if there
  /// are none, or if they are the same tokens of one document.
  private static func run(_ one: Side, _ other: Side) -> (first: Side, second: Side)? {
    let start = max(one.offset, other.offset)
    let end = min(one.offset + one.count, other.offset + other.count)
    guard start < end else { return nil }
    func part(_ side: Side, _ count: Int) -> Side {
      Side(
        document: side.document, offset: start, start: side.start + start - side.offset,
        count: count)
    }
    let (left, right) = (part(one, end - start), part(other, end - start))
    guard left.document == right.document else {
      return left.document < right.document ? (left, right) : (right, left)
    }
    // Within one document a run does not overlap its copy.
    let count = min(end - start, abs(left.start - right.start))
    guard count > 0 else { return nil }
    let parts = (part(one, count), part(other, count))
    return parts.0.start < parts.1.start ? parts : (parts.1, parts.0)
  }
}
