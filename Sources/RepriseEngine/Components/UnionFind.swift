/// Disjoint sets of the numbers 0 ..< count: union by smallest member, path halving.
///
/// A set is represented by its smallest member, in whichever order the unions were made.
package struct UnionFind: Sendable {
  private var parents: [UInt32]

  /// Creates `count` sets of one member each, at most 2^32 - 1.
  package init(count: Int) {
    parents = Array(0..<UInt32(count))
  }

  /// Finds the smallest member of the set that contains `member`.
  /// - Complexity: O(log count) amortized.
  package mutating func find(_ member: UInt32) -> UInt32 {
    var member = member
    while parents[Int(member)] != member {
      parents[Int(member)] = parents[Int(parents[Int(member)])]
      member = parents[Int(member)]
    }
    return member
  }

  /// Joins the sets of two members; returns false if they were in one set already.
  @discardableResult
  package mutating func union(_ left: UInt32, _ right: UInt32) -> Bool {
    let (left, right) = (find(left), find(right))
    if left == right { return false }
    parents[Int(max(left, right))] = min(left, right)
    return true
  }

  /// Numbers the sets that consist of `members`, ordered by their smallest members.
  ///
  /// - Parameter members: the members of the sets to number; of each set all members or none.
  /// - Returns: the set number of each member, or ``CandidateGraph/none``; and the sizes of the
  ///   sets.
  /// - Complexity: O(count). Reuses the memory of the sets.
  package consuming func components(of members: DocumentSet) -> ([UInt32], [UInt32]) {
    var sizes: [UInt32] = []
    // A parent is smaller than its child, so its set already has a number.
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
