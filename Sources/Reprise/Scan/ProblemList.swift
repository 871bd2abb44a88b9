internal import RepriseCorpus

/// Everything that was skipped or replaced, in corpus order.
struct ProblemList {
  let found: [Problem]
  let store: SketchStore
  /// Documents whose id is that of an earlier one.
  var repeatedIDs = RepeatedIDs()
  /// What was found after all documents were read.
  var later: [Problem] = []

  /// Calls `body` with every problem.
  func list(
    _ names: DocumentNames, _ body: (Problem) throws(CorpusError) -> Void
  ) throws(CorpusError) {
    for problem in found { try body(problem) }
    let reader = SketchReader(store)
    for chunk in store.chunks where chunk.layout.problemCount > 0 {
      let lines = unsafe Array(reader.bytes(.problems, of: chunk))
      for line in lines.split(separator: 0x0A) { try body(problem(Array(line), chunk)) }
    }
    try repeatedIDs.list { document, first throws(CorpusError) in
      try body(problem(document, sameAs: first, names))
    }
    for problem in later { try body(problem) }
  }

  private func problem(
    _ line: [UInt8], _ chunk: SketchStore.Chunk
  ) throws(CorpusError) -> Problem {
    guard let fields = (try? JSONTree(parsing: line))?.array, fields.count == 2,
      let part = fields[0].integer, part >= 0 && part < chunk.layout.partCount,
      var problem = Problem(fields[1]), problem.line ?? 0 < 1 << 48
    else {
      throw CorpusError.unusableSignatures(
        store.path(of: chunk), "a problem of a chunk cannot be read")
    }
    let linesBefore = store.parts[chunk.firstPart + part].linesBefore
    problem.line = problem.line.map { $0 + linesBefore }
    return problem
  }

  private func problem(_ document: Int, sameAs first: Int, _ names: DocumentNames) -> Problem {
    let (name, first) = (names[document], names[first])
    return Problem(
      source: name.source.string, line: name.line, byte: name.offset, id: name.id.string,
      reason: .duplicateID,
      message:
        "The id is also that of the document at line \(first.line) of \"\(first.source.string)\".")
  }
}
