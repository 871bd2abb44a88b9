@testable import RepriseCore
@testable import RepriseEngine

/// A graph as lists of neighbours: the oracle for union-find and components.
struct PlainGraph {
  private(set) var neighbours: [[Int]]

  init(count: Int) { neighbours = Array(repeating: [], count: count) }

  mutating func join(_ left: Int, _ right: Int) {
    neighbours[left].append(right)
    neighbours[right].append(left)
  }

  /// The components with their members ascending, ordered by their smallest member; breadth first.
  var components: [[Int]] {
    var seen = [Bool](repeating: false, count: neighbours.count)
    var components: [[Int]] = []
    for start in neighbours.indices where !seen[start] {
      var (reached, next) = ([start], 0)
      seen[start] = true
      while next < reached.count {
        for neighbour in neighbours[reached[next]] where !seen[neighbour] {
          seen[neighbour] = true
          reached.append(neighbour)
        }
        next += 1
      }
      components.append(reached.sorted())
    }
    return components
  }
}
