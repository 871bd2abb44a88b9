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
    var pairs: [(Int64, Int64)] = []
    pairs.reserveCapacity(first.count)
    for row in 0..<first.count {
      guard let one = first.find(row, { $0.integer($1) }),
        let other = second.find(row, { $0.integer($1) })
      else { throw .data("Row \(row) of the table of edges has a null.") }
      pairs.append((one, other))
    }
    nodes = Set(pairs.lazy.flatMap { [$0.0, $0.1] }).sorted()
    guard nodes.count < Int(UInt32.max) else {
      throw .data("The table of edges has \(nodes.count) nodes, which is too many.")
    }
    let numbers = Dictionary(
      uniqueKeysWithValues: nodes.enumerated().map { ($0.element, UInt32($0.offset)) })
    var sets = UnionFind(count: nodes.count)
    for (one, other) in pairs {
      if let one = numbers[one], let other = numbers[other] { sets.union(one, other) }
    }
    var least: [Int64] = []
    for node in nodes.indices { least.append(nodes[Int(sets.find(UInt32(node)))]) }
    self.least = least
  }

  /// Each node with the smallest node of its component.
  var table: OutputTable {
    OutputTable([
      OutputColumn("node", nodes.map { Optional(Int($0)) }),
      OutputColumn("component", least.map { Optional(Int($0)) }),
    ])
  }
}
