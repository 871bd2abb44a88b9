internal import RepriseCore

/// A passage with all its occurrences.
package struct PassageGroup: Hashable, Sendable {
  /// One occurrence.
  package struct Occurrence: Hashable, Sendable {
    /// The document, by its rank in keep order.
    package let document: UInt32
    // Positions are below 2^30.
    fileprivate var start: UInt32
    fileprivate var end: UInt32
    /// The highest identity of a passage that this occurrence is a side of; 1 for the first one.
    package fileprivate(set) var identity: Double

    /// The tokens of the occurrence.
    package var tokens: Range<Int> { Int(start)..<Int(end) }
  }

  /// The occurrences in keep order of their documents, then by position; at least two.
  ///
  /// The first one is kept.
  package fileprivate(set) var occurrences: [Occurrence]

  /// The memory that a passage takes while it is grouped, in bytes.
  package static let byteCountOfPassage = 3 * MemoryLayout<Occurrence>.stride + 32

  /// Groups passages: occurrences are one if they are mostly the same tokens, and passages are in
  /// one group if they share an occurrence, or have occurrences at nearly the same place within the
  /// two sides of a longer passage.
  ///
  /// - Parameter passages: the passages, in any order.
  /// - Returns: groups in the order of their first occurrences.
  /// - Complexity: O(n log n) for n passages.
  package static func groups(of passages: PassageList) -> [PassageGroup] {
    var (places, placeOfSide) = occurrences(in: passages)
    var sets = UnionFind(count: places.count)
    for index in passages.indices {
      let (first, second) = (placeOfSide[2 * index], placeOfSide[2 * index + 1])
      sets.union(first, second)
      let identity = passages.identity(at: index)
      for place in [Int(first), Int(second)] {
        places[place].identity = max(places[place].identity, identity)
      }
    }
    joinNested(places, in: passages, placeOfSide, &sets)
    var groupOfRoot: [UInt32: Int] = [:]
    var groups: [PassageGroup] = []
    for (place, occurrence) in places.enumerated() {
      let root = sets.find(UInt32(place))
      if let group = groupOfRoot[root] {
        groups[group].occurrences.append(occurrence)
      } else {
        groupOfRoot[root] = groups.count
        groups.append(PassageGroup(occurrences: [occurrence]))
        groups[groups.count - 1].occurrences[0].identity = 1
      }
    }
    return groups.filter { $0.occurrences.count > 1 }
  }

  /// The number of earlier occurrences in the same document that one is compared with.
  private static let recentLimit = 16

  /// The occurrences in all passages, ascending, and for the first and the second side of each
  /// passage the index of its occurrence.
  private static func occurrences(
    in passages: PassageList
  ) -> (occurrences: [Occurrence], ofSide: [UInt32]) {
    var sides = passages.indices.flatMap { index in
      let (first, second) = passages.documents(at: index)
      return [
        (Side(first, passages.firstTokens(at: index)), UInt32(2 * index)),
        (Side(second, passages.secondTokens(at: index)), UInt32(2 * index + 1)),
      ]
    }
    sides.sort { ($0.0, $0.1) < ($1.0, $1.1) }
    var places: [Occurrence] = []
    var placeOfSide = [UInt32](repeating: 0, count: sides.count)
    for (side, number) in sides {
      let recent = places.indices.suffix(recentLimit)
      if let place = recent.last(where: { side.isMostly(places[$0]) }) {
        places[place].start = min(places[place].start, side.start)
        places[place].end = max(places[place].end, side.end)
        placeOfSide[Int(number)] = UInt32(place)
      } else {
        placeOfSide[Int(number)] = UInt32(places.count)
        places.append(
          Occurrence(document: side.document, start: side.start, end: side.end, identity: 0))
      }
    }
    return (places, placeOfSide)
  }

  /// The number of occurrences within a passage that are joined with those of its other side.
  private static let nestedLimit = 64

  /// Joins each occurrence within one side of a passage with the one at the same place of the other side.
  ///
  /// Copies that follow one another are found as one long passage in two documents, and are then not
  /// linked one by one.
  /// - Complexity: O(n log n) for n passages.
  private static func joinNested(
    _ places: [Occurrence], in passages: PassageList, _ placeOfSide: [UInt32],
    _ sets: inout UnionFind
  ) {
    for index in passages.indices {
      let (first, second) = passages.documents(at: index)
      let whole = Side(first, passages.firstTokens(at: index))
      let start = places.partitionPoint { ($0.document, $0.start) >= (first, whole.start) }
      let nested = places[start...].prefix { $0.document == first && $0.start < whole.end }
        .prefix(nestedLimit).indices
        .filter { places[$0].end <= whole.end && $0 != Int(placeOfSide[2 * index]) }
      guard !nested.isEmpty else { continue }
      let passage = passages[index]
      for place in nested {
        guard let copy = passage.clipped(toFirst: places[place].tokens) else { continue }
        let side = Side(second, copy.secondTokens)
        let next = places.partitionPoint { ($0.document, $0.start) >= (second, side.end) }
        let near = places[..<next].indices.suffix(recentLimit)
        if let other = near.last(where: { side.isNearly(places[$0]) }) {
          sets.union(UInt32(place), UInt32(other))
        }
      }
    }
  }

  /// One side of a passage; the longest come first where several begin.
  private struct Side: Comparable {
    var document: UInt32
    var start: UInt32
    var end: UInt32

    init(_ document: UInt32, _ tokens: Range<Int>) {
      self.document = document
      (start, end) = (UInt32(tokens.lowerBound), UInt32(tokens.upperBound))
    }

    static func < (left: Self, right: Self) -> Bool {
      (left.document, left.start, right.end) < (right.document, right.start, left.end)
    }

    /// Whether this side and an occurrence share at least half of the longer of both.
    func isMostly(_ occurrence: Occurrence) -> Bool { shares(0.5, with: occurrence) }

    /// Whether this side and an occurrence share at least nine tenths of the longer of both.
    func isNearly(_ occurrence: Occurrence) -> Bool { shares(0.9, with: occurrence) }

    private func shares(_ part: Double, with occurrence: Occurrence) -> Bool {
      guard document == occurrence.document else { return false }
      let tokens = Int(start)..<Int(end)
      let shared = tokens.clamped(to: occurrence.tokens).count
      return Double(shared) >= part * Double(max(tokens.count, occurrence.tokens.count))
    }
  }
}
