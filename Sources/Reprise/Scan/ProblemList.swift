internal import RepriseEngine
internal import RepriseFormats

/// Everything that was skipped or replaced, in corpus order.
struct ProblemList {
  let found: [Problem]
  let store: SketchStore
  /// Documents whose id is that of an earlier one.
  var repeatedIDs = RepeatedIDs()
  /// Documents that may have more passages than were found.
  var incomplete: [FoundPassages.Incomplete] = []
  /// Inputs that could not be read again after all documents were read.
  var later: [(input: Int, problem: Problem)] = []

  /// Calls `body` with every problem.
  ///
  /// Every chunk of an unreadable input reports a problem. They count as one, and only the first is
  /// listed.
  func list(
    _ documentLabels: DocumentLabels, _ body: (Problem) throws(CorpusError) -> Void
  ) throws(CorpusError) {
    for problem in found { try body(problem) }
    let reader = SketchReader(store)
    var lost: Set<LostSource> = []
    for chunk in store.chunks where chunk.layout.problemCount > 0 {
      let lines = unsafe Array(reader.bytes(.problems, of: chunk))
      for line in lines.split(separator: 0x0A) {
        let (input, problem) = try problem(Array(line), chunk)
        if isNew(problem, of: input, &lost) { try body(problem) }
      }
    }
    try repeatedIDs.list { document, first throws(CorpusError) in
      try body(problem(document, sameAs: first, documentLabels))
    }
    for document in incomplete { try body(problem(document, documentLabels)) }
    for (input, problem) in later where isNew(problem, of: input, &lost) { try body(problem) }
  }

  /// An input that could not be read, and the class of its problem.
  private struct LostSource: Hashable {
    var input: Int
    var reason: CorpusError.Reason
  }

  private func isNew(
    _ problem: Problem, of input: Int, _ lost: inout Set<LostSource>
  ) -> Bool {
    guard CorpusError.Reason.ofFailedInputs.contains(problem.reason) else { return true }
    return lost.insert(LostSource(input: input, reason: problem.reason)).inserted
  }

  private func problem(
    _ line: [UInt8], _ chunk: SketchStore.Chunk
  ) throws(CorpusError) -> (input: Int, problem: Problem) {
    guard let fields = (try? JSONTree(parsing: line))?.array, fields.count == 2,
      let slice = fields[0].integer, slice >= 0 && slice < chunk.layout.sliceCount,
      var problem = Problem(fields[1]), problem.line ?? 0 < 1 << 48
    else {
      throw CorpusError(store.unusable(chunk, "a problem of a chunk cannot be read"))
    }
    let place = store.slices[chunk.firstSlice + slice]
    problem.line = problem.line.map { $0 + place.linesBefore }
    return (Int(place.input), problem)
  }

  private func problem(_ document: Int, sameAs first: Int, _ documentLabels: DocumentLabels)
    -> Problem
  {
    let (name, first) = (documentLabels[document], documentLabels[first])
    return Problem(
      source: name.source.string, line: name.line, byte: name.offset, id: name.id.string,
      reason: .duplicateID,
      message:
        "The document at line \(first.line) of \"\(first.source.string)\" has the same id.")
  }

  private func problem(
    _ incomplete: FoundPassages.Incomplete, _ documentLabels: DocumentLabels
  ) -> Problem {
    let (name, other) = (documentLabels[incomplete.document], documentLabels[incomplete.other])
    let repeated =
      incomplete.document == incomplete.other
      ? "itself" : "the document at line \(other.line) of \"\(other.source.string)\""
    return Problem(
      source: name.source.string, line: name.line, byte: name.offset, id: name.id.string,
      reason: .passageLimit,
      message: "The document repeats \(repeated) so often that not all repeats were followed: "
        + "\(incomplete.tokenCount) tokens that are left may be repeats with small changes.")
  }
}
