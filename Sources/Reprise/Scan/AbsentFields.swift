internal import RepriseCore
internal import RepriseEngine
internal import RepriseFormats

/// Refuses a run whose options name a field that none of its records has.
struct AbsentFields {
  let options: CheckedOptions
  let corpus: SketchedCorpus
  let participants: Participants

  /// Looks for the fields of the text, the id and the keep order in what was read.
  ///
  /// A value that cannot be used is a problem of its record, and does not make the field absent.
  /// The id's default field may be absent, and the text's default field if other texts were read.
  ///
  /// - Throws: `missing-field`, which lists the fields of a record.
  /// - Complexity: O(documents before the first record), and O(documents) if the id or the keep
  ///   order is a field.
  func check() throws(CorpusError) {
    guard corpus.facts.formats.contains(where: \.hasFields) else { return }
    guard let record = firstRecord else {
      let isNamed = options.input.textFields != InputOptions(paths: []).textFields
      return isNamed || participants.readable.count == 0 ? try checkTexts() : ()
    }
    let id = options.input.idField
    if id != InputOptions(paths: []).idField, participants.named.count == 0 {
      throw absent(id, "the id", seenIn: record)
    }
    var column = 0
    for key in options.matching.keep.keys {
      if let field = key.field, isMissing(column),
        try !hasProblem(where: { $0.isUnusable(field) })
      {
        throw absent(field, "the keep order", seenIn: record)
      }
      column += OrderValue.count(key)
    }
  }

  /// Returns whether all documents lack a number of the keep order.
  private func isMissing(_ column: Int) -> Bool {
    stride(from: column, to: participants.orderKeys.count, by: participants.orderKeyCount)
      .allSatisfy { participants.orderKeys[$0] == OrderValue.missing }
  }

  /// The first document that was read from a record.
  private var firstRecord: Int? {
    (0..<corpus.store.documentCount).first { document in
      participants.readable.contains(UInt32(document))
        && corpus.facts.formats[Int(corpus.store.slice(of: document).input)].hasFields
    }
  }

  /// Throws if no record has the text field, not even with a value of another type.
  private func checkTexts() throws(CorpusError) {
    guard try !hasProblem(where: { $0.reason == .textNotString }) else { return }
    try forEachProblem { problem throws(CorpusError) in
      if problem.reason == .missingText { throw .absentText(problem) }
    }
  }

  private func forEachProblem(
    _ body: (Problem) throws(CorpusError) -> Void
  ) throws(CorpusError) {
    let names = InputPaths(corpus.inputs.map(\.path.text))
    try ProblemList(found: [], store: corpus.store).list(
      DocumentLabels(corpus.store, inputs: names), body)
  }

  private func hasProblem(where isWanted: (Problem) -> Bool) throws(CorpusError) -> Bool {
    var isFound = false
    try forEachProblem { problem throws(CorpusError) in isFound = isFound || isWanted(problem) }
    return isFound
  }

  private func absent(_ field: String, _ use: String, seenIn document: Int) -> CorpusError {
    let input = Int(corpus.store.slice(of: document).input)
    let locator = SketchReader(corpus.store).descriptor(document).locator(ofInput: input)
    return .absentField(
      field, use, seen: corpus.source.texts(corpus.facts).fieldNames(at: locator))
  }
}

extension Problem {
  /// True for a field of the keep order whose value is there but cannot be used.
  fileprivate func isUnusable(_ field: String) -> Bool {
    reason == .missingOrder && message.hasPrefix("Field \"\(field)\" ")
      && message != OrderValue.absence(of: field)
  }
}
