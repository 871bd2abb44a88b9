internal import RepriseCore
internal import RepriseCorpus

/// Everything that was skipped or replaced, in corpus order.
struct ProblemList {
  private(set) var all: [Problem]

  /// Collects what discovery and reading found, and looks for ids that are there twice.
  init(
    _ found: DiscoveredFiles, _ chunks: [ChunkSketches], _ table: DocumentTable,
    _ names: DocumentNames
  ) {
    all = found.problems.map { Problem($0) }
    var lines = (source: -1, count: 0)
    for chunk in chunks {
      var problems = chunk.problems[...]
      for (index, part) in chunk.parts.enumerated() {
        if part.source != lines.source { lines = (part.source, 0) }
        while let first = problems.first, first.part == index {
          problems.removeFirst()
          var problem = first.problem
          problem.line = problem.line.map { $0 + lines.count }
          all.append(problem)
        }
        lines.count += part.lineFeedCount
      }
    }
    appendRepeatedIDs(table, names)
  }

  /// Adds problems found later.
  mutating func append(_ problems: [Problem]) { all += problems }

  private mutating func appendRepeatedIDs(_ table: DocumentTable, _ names: DocumentNames) {
    let named = table.documents.indices.filter { table.documents[$0].idHash != 0 }
    let groups = Buckets(
      keys: named.map { table.documents[$0].idHash }, documents: named.map { UInt32($0) })
    var found: [(document: UInt32, problem: Problem)] = []
    for group in 0..<groups.count {
      let members = groups[group]
      guard let first = members.first.map({ Int($0) }) else { continue }
      let id = names[first].id.string
      for member in members.dropFirst() where names[Int(member)].id.string == id {
        let document = Int(member)
        let message =
          "The id is also that of the document at line \(names[first].line) of "
          + "\"\(names[first].source)\"."
        let problem = Problem(
          source: names[document].source, line: names[document].line,
          byte: Int(clamping: table.documents[document].offset), id: id, reason: .duplicateID,
          message: message)
        found.append((member, problem))
      }
    }
    all += found.sorted { $0.document < $1.document }.map(\.problem)
  }
}
