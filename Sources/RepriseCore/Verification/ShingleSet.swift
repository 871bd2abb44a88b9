/// The set of a document's shingle ids, for exact comparison: the oracle that decides what is a
/// duplicate.
public struct ShingleSet: Sendable {
  /// The ids, each once, in order of first occurrence.
  private let ids: [UInt64]
  /// Open addressing, linear probing, at most half full; 0 marks an empty place.
  private let table: [UInt64]
  private let containsZero: Bool

  /// Collects the distinct shingles of a document.
  public init(_ shingles: borrowing ShingleIDs) { self.init(shingles.span) }

  /// Collects the distinct ids.
  /// - Complexity: O(ids).
  public init(_ shingles: Span<UInt64>) {
    var capacity = 4
    while capacity < 2 * shingles.count { capacity *= 2 }
    let mask = capacity - 1
    var table = [UInt64](repeating: 0, count: capacity)
    var distinct = [UInt64](repeating: 0, count: shingles.count)
    var (count, containsZero) = (0, false)
    for index in shingles.indices {
      let id = shingles[index]
      // Branch-free but for collisions: an id that is there already is written again and not kept.
      var place = Int(truncatingIfNeeded: id) & mask
      while table[place] != 0 && table[place] != id { place = (place + 1) & mask }
      let isNew = id == 0 ? !containsZero : table[place] == 0
      containsZero = containsZero || id == 0
      table[place] = id
      distinct[count] = id
      count += isNew ? 1 : 0
    }
    distinct.removeLast(distinct.count - count)
    ids = distinct
    self.table = table
    self.containsZero = containsZero
  }

  /// The number of distinct shingles.
  public var count: Int { ids.count }

  /// The memory it takes, in bytes.
  var byteCount: Int { 8 * (ids.count + table.count) + 128 }

  /// The exact similarity of two sets.
  public func similarity(to other: ShingleSet) -> Similarity {
    similarity(to: other, atLeast: 0) ?? Similarity(intersection: 0, union: count + other.count)
  }

  /// The exact similarity of two sets if it reaches the threshold; nil as soon as it cannot.
  /// - Complexity: O(size of the smaller set).
  public func similarity(to other: ShingleSet, atLeast threshold: Double) -> Similarity? {
    let (small, large) = count <= other.count ? (self, other) : (other, self)
    // |A and B| <= |small|, so the Jaccard similarity is at most |small| / |large|.
    guard Double(small.count) >= threshold * Double(large.count) * (1 - 1e-9) else { return nil }
    // |A and B| / (|A| + |B| - |A and B|) >= T  <=>  |A and B| >= T / (1 + T) (|A| + |B|)
    let total = Double(small.count + large.count)
    let needed = Int((threshold / (1 + threshold) * total * (1 - 1e-9)).rounded(.up))
    guard let shared = large.shared(with: small, atLeast: needed) else { return nil }
    let result = Similarity(intersection: shared, union: small.count + large.count - shared)
    return result.jaccard >= threshold ? result : nil
  }

  /// How many ids of `small` are in this set; nil as soon as they cannot reach `needed`.
  private func shared(with small: ShingleSet, atLeast needed: Int) -> Int? {
    let (mask, allowed) = (table.count - 1, small.count - needed)
    var (shared, missed) = (0, 0)
    for id in small.ids {
      var place = Int(truncatingIfNeeded: id) & mask
      while table[place] != 0 && table[place] != id { place = (place + 1) & mask }
      let found = id == 0 ? containsZero : table[place] == id
      shared += found ? 1 : 0
      missed += found ? 0 : 1
      if missed > allowed { return nil }
    }
    return shared
  }
}
