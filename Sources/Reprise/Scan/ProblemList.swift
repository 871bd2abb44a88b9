internal import RepriseCore
internal import RepriseCorpus

/// Everything that was skipped or replaced, in corpus order.
struct ProblemList {
  private(set) var all: [Problem] = []
  /// Whether the first problem ends the run.
  private let isStrict: Bool

  init(isStrict: Bool) { self.isStrict = isStrict }

  /// Adds problems.
  ///
  /// - Throws: the first of them, if the run is strict.
  mutating func append(_ problems: some Sequence<Problem>) throws(CorpusError) {
    all += problems
    if isStrict, let first = all.first { throw .stopped(by: first) }
  }

  /// Adds what was found while reading; chunks are in corpus order.
  ///
  /// - Throws: the first problem, if the run is strict.
  mutating func append(_ chunks: [ChunkSketches]) throws(CorpusError) {
    var found: [Problem] = []
    var lines = (source: -1, count: 0)
    for chunk in chunks {
      var problems = chunk.problems[...]
      for (index, part) in chunk.parts.enumerated() {
        if part.source != lines.source { lines = (part.source, 0) }
        while let first = problems.first, first.part == index {
          problems.removeFirst()
          var problem = first.problem
          problem.line = problem.line.map { $0 + lines.count }
          found.append(problem)
        }
        lines.count += part.lineFeedCount
      }
    }
    try append(found)
  }

  /// Looks for ids that are there twice.
  ///
  /// - Throws: the first problem, if the run is strict.
  mutating func appendRepeatedIDs(
    _ table: DocumentTable, _ names: DocumentNames
  ) throws(CorpusError) {
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
    try append(found.sorted { $0.document < $1.document }.map(\.problem))
  }
}
