internal import RepriseCore
internal import RepriseCorpus

/// Everything that was skipped or replaced, in corpus order.
struct ProblemList {
  private(set) var all: [Problem]

  /// Collects what discovery and reading found, and looks for ids that are there twice.
  init(
    _ found: DiscoveredFiles, _ chunks: [ChunkSketches], _ table: DocumentTable,
    _ labels: LabelStore
  ) throws(CorpusError) {
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
    try appendRepeatedIDs(found.sources, table, labels)
  }

  /// Adds problems found later.
  mutating func append(_ problems: [Problem]) { all += problems }

  private mutating func appendRepeatedIDs(
    _ sources: [SourceFile], _ table: DocumentTable, _ labels: LabelStore
  ) throws(CorpusError) {
    let named = table.documents.indices.filter { table.documents[$0].idHash != 0 }
    let groups = Buckets(
      keys: named.map { table.documents[$0].idHash }, documents: named.map { UInt32($0) })
    var found: [(document: UInt32, problem: Problem)] = []
    for group in 0..<groups.count {
      let members = groups[group]
      guard let first = members.first else { continue }
      let original = try Self.place(of: Int(first), sources, table, labels)
      for member in members.dropFirst() {
        let copy = try Self.place(of: Int(member), sources, table, labels)
        guard copy.id == original.id else { continue }
        let message =
          "The id is also that of the document at line \(original.line) of \"\(original.source)\"."
        let problem = Problem(
          source: copy.source, line: copy.line,
          byte: Int(clamping: table.documents[Int(member)].offset), id: copy.id,
          reason: .duplicateID, message: message)
        found.append((member, problem))
      }
    }
    all += found.sorted { $0.document < $1.document }.map(\.problem)
  }

  private static func place(
    of document: Int, _ sources: [SourceFile], _ table: DocumentTable, _ labels: LabelStore
  ) throws(CorpusError) -> (id: String, source: String, line: Int) {
    let part = table.part(of: document)
    let label = try labels.label(
      chunk: table.chunks[table.chunk(of: document)].labels,
      offset: table.documents[document].labelOffset)
    return (
      String(decoding: label.id, as: UTF8.self), sources[part.source].path.text,
      part.linesBefore + label.line
    )
  }
}
