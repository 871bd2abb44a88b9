/// Disjoint sets over 0 ..< count: union by smallest member, path halving.
///
/// The representative of a set is its smallest member, whatever order the unions came in.
public struct UnionFind: Sendable {
  private var parents: [UInt32]

  /// Creates `count` sets of one member each.
  public init(count: Int) {
    parents = Array(0..<UInt32(count))
  }

  /// The smallest member of the set that holds `member`.
  /// - Complexity: O(log count) amortized.
  public mutating func find(_ member: UInt32) -> UInt32 {
    var member = member
    while parents[Int(member)] != member {
      parents[Int(member)] = parents[Int(parents[Int(member)])]
      member = parents[Int(member)]
    }
    return member
  }

  /// Joins two sets; returns false if they were one already.
  @discardableResult
  public mutating func union(_ left: UInt32, _ right: UInt32) -> Bool {
    let (left, right) = (find(left), find(right))
    if left == right { return false }
    parents[Int(max(left, right))] = min(left, right)
    return true
  }

  /// The sets of some members, which are whole sets, numbered by their smallest members.
  ///
  /// - Returns: of each member its set's number, or ``CandidateGraph/none``; and the sets' sizes.
  /// - Complexity: O(count), in the memory of the sets.
  public consuming func components(of members: DocumentSet) -> ([UInt32], [UInt32]) {
    var sizes: [UInt32] = []
    // A parent is smaller than its child, so it has its set's number already.
    for member in parents.indices {
      guard members.contains(UInt32(member)) else {
        parents[member] = CandidateGraph.none
        continue
      }
      let parent = Int(parents[member])
      if parent == member {
        parents[member] = UInt32(sizes.count)
        sizes.append(0)
      } else {
        parents[member] = parents[parent]
      }
      sizes[Int(parents[member])] += 1
    }
    return (parents, sizes)
  }
}
