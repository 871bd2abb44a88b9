internal import CReprise
internal import Reprise

/// Finds the connected components of a graph.
struct ComponentsCall {
  private let nodes: [Int64]
  private let least: [Int64]

  init(_ edges: UnsafeMutablePointer<ArrowArrayStream>?) throws(CallError) {
    let table = try ArrowTable(taking: edges, named: "table of edges")
    guard table.isStruct, table.columnNames.count >= 2 else {
      throw .data("The table of edges must have two columns.")
    }
    let (first, second) = (try table.column(0), try table.column(1))
    guard first.count == 0 || first.isInteger && second.isInteger else {
      throw .data("The columns of the table of edges must be integers.")
    }
    // Both ends of each edge, one after the other.
    var ends: [Int64] = []
    ends.reserveCapacity(2 * first.count)
    for row in 0..<first.count {
      guard let one = first.find(row, { $0.integer($1) }),
        let other = second.find(row, { $0.integer($1) })
      else { throw .data("Row \(row) of the table of edges has a null.") }
      ends.append(one)
      ends.append(other)
    }
    var nodes = ends
    nodes.sortDistinct()
    guard nodes.count < Int(UInt32.max) else {
      throw .data("The table of edges has \(nodes.count) nodes, which is too many.")
    }
    var sets = UnionFind(count: nodes.count)
    for edge in stride(from: 0, to: ends.count, by: 2) {
      sets.union(Self.place(of: ends[edge], in: nodes), Self.place(of: ends[edge + 1], in: nodes))
    }
    self.nodes = nodes
    var least: [Int64] = []
    least.reserveCapacity(nodes.count)
    for node in nodes.indices { least.append(nodes[Int(sets.find(UInt32(node)))]) }
    self.least = least
  }

  /// The index of a node, which is found by bisection.
  private static func place(of node: Int64, in nodes: [Int64]) -> UInt32 {
    UInt32(nodes.partitionPoint { $0 >= node })
  }

  /// Each node with the smallest node of its component.
  var table: OutputTable {
    OutputTable([OutputColumn("node", nodes), OutputColumn("component", least)])
  }
}
