@testable import RepriseCore
@testable import RepriseEngine

/// A graph as lists of neighbors: the oracle for union-find and components.
struct PlainGraph {
  private(set) var neighbors: [[Int]]

  init(count: Int) { neighbors = Array(repeating: [], count: count) }

  mutating func join(_ left: Int, _ right: Int) {
    neighbors[left].append(right)
    neighbors[right].append(left)
  }

  /// The components with their members ascending, ordered by their smallest member; breadth first.
  var components: [[Int]] {
    var seen = [Bool](repeating: false, count: neighbors.count)
    var components: [[Int]] = []
    for start in neighbors.indices where !seen[start] {
      var (reached, next) = ([start], 0)
      seen[start] = true
      while next < reached.count {
        for neighbor in neighbors[reached[next]] where !seen[neighbor] {
          seen[neighbor] = true
          reached.append(neighbor)
        }
        next += 1
      }
      components.append(reached.sorted())
    }
    return components
  }
}
