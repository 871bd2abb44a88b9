/// The ranges of one file that a manifest removes: those of dropped documents, and the cuts of
/// trimmed ones.
///
/// The entries of a file are contiguous in the manifest, which is read as ranges are requested.
final class DropRanges: CutRangeSource {
  private let input: InputEntry
  private let manifest: ManifestCursor
  private let textFields: TextFieldCuts
  private let dropsUnreadable: Bool
  private var pending: [CutRange] = []
  /// The end of the last element of an array, and whether one was kept.
  private var array = (end: 0, hasElement: false, hasKept: false)
  /// The number of documents seen so far.
  private(set) var documentCount = 0
  /// The number of documents that are dropped.
  private(set) var droppedCount = 0
  /// The number of documents that are left out because they could not be read.
  private(set) var unreadableCount = 0
  /// The number of documents that are trimmed.
  private(set) var trimmedCount = 0

  /// Creates the ranges of one input.
  /// - Parameters:
  ///   - file: the file.
  ///   - rules: the fields that hold the text of a record, and the delimiter of tables.
  ///   - manifest: the manifest, whose next entries are those of the input.
  ///   - dropsUnreadable: true to leave out documents that could not be read, too.
  init(
    of file: CleanedFile, _ rules: TableRules, in manifest: ManifestCursor,
    dropsUnreadable: Bool
  ) {
    self.dropsUnreadable = dropsUnreadable
    textFields = TextFieldCuts(of: file, rules)
    input = file.input
    self.manifest = manifest
  }

  /// Checks that the second stream, which was read to locate cuts, has the bytes that the run read.
  ///
  /// - Throws: `changed` or `cannotRead`.
  func checkInput() throws(CorpusError) { try textFields.checkInput() }

  func next() throws(CorpusError) -> CutRange? {
    while pending.isEmpty {
      guard let entry = try manifest.next(of: input.source.text) else { return nil }
      documentCount += 1
      let isRemoved = count(entry)
      if input.format == .jsonArray {
        pending = separatorRanges(of: entry, isRemoved: isRemoved)
      } else if isRemoved {
        return range(of: entry)
      }
      if entry.status == .trim { pending += try cuts(of: entry) }
    }
    return pending.removeFirst()
  }

  /// Returns the next entry of the input, whatever becomes of it.
  func nextEntry() throws(CorpusError) -> ManifestEntry? {
    let entry = try manifest.next(of: input.source.text)
    documentCount += entry == nil ? 0 : 1
    return entry
  }

  /// Returns the offset of the next entry of the input; nil after the last one.
  func nextOffset() throws(CorpusError) -> Int? { try manifest.nextOffset(of: input) }

  /// A change of rows of a table whose rows are counted, and not its bytes.
  enum RowChange {
    case drop(Range<Int>)
    case trim(row: Int, cuts: [Range<Int>])

    /// The rows, counted in the file.
    var rows: Range<Int> {
      switch self {
      case .drop(let rows): rows
      case .trim(let row, _): row..<row + 1
      }
    }
  }

  /// Returns the next change of rows, or nil after the last one.
  ///
  /// - Throws: `invalidResults` if the manifest is damaged, or `cannotRead`.
  func nextRowChange() throws(CorpusError) -> RowChange? {
    while let entry = try manifest.next(of: input.source.text) {
      documentCount += 1
      if count(entry) {
        // Rows that could not be read together have one entry.
        let next = try entry.status == .unreadable ? nextOffset() : nil
        let end = entry.status == .unreadable ? next ?? .max : entry.offset + 1
        guard entry.offset < end else { throw disordered }
        return .drop(entry.offset..<end)
      }
      guard entry.status == .trim else { continue }
      guard entry.cuts.allSatisfy({ $0.end <= entry.length }) else {
        throw manifest.invalid("a cut ends after its document")
      }
      return .trim(row: entry.offset, cuts: entry.cuts.map { $0.start..<$0.end })
    }
    return nil
  }

  /// The error of a manifest whose rows are not those of the file, in their order.
  var disordered: CorpusError {
    manifest.invalid("the rows are not in order, or the file does not have them")
  }

  /// Counts a document, and returns whether it is removed.
  private func count(_ entry: ManifestEntry) -> Bool {
    switch entry.status {
    case .keep, .empty: return false
    case .unreadable:
      if dropsUnreadable { unreadableCount += 1 }
      return dropsUnreadable
    case .drop:
      droppedCount += 1
      return true
    case .trim:
      trimmedCount += 1
      return false
    }
  }

  /// What is removed so that an array has one comma between any two elements that are left: a removed
  /// element goes with what is before it, and the first one that is left loses what is before it.
  private func separatorRanges(of entry: ManifestEntry, isRemoved: Bool) -> [CutRange] {
    let (start, end) = (entry.offset, entry.offset + entry.length)
    let separator = array.hasElement ? array.end : start
    let hasKept = array.hasKept
    array = (end, true, hasKept || !isRemoved)
    if isRemoved { return [CutRange(start: separator, end: end, takesLineEnd: false)] }
    if hasKept || separator == start { return [] }
    return [CutRange(start: separator, end: start, takesLineEnd: false)]
  }

  private func range(of entry: ManifestEntry) -> CutRange {
    CutRange(
      start: entry.offset, end: entry.offset + entry.length,
      takesLineEnd: input.format == .jsonLines || input.format.isTable)
  }

  /// What becomes of an input that is not read.
  enum LostInput {
    case leftOut
    case copied
  }

  /// Consumes the only entry of an input that has a format that is not read, or that could not be
  /// read and is left out.
  ///
  /// - Parameter copiesDamaged: true to copy one that could not be read, too.
  /// - Returns: what becomes of the input; nil for any other one.
  /// - Throws: `invalidResults` or `cannotRead`.
  func takeLostInput(copiesDamaged: Bool) throws(CorpusError) -> LostInput? {
    guard let reason = try manifest.lostInput(input) else { return nil }
    guard
      dropsUnreadable || copiesDamaged || reason == CorpusError.Reason.otherFormat.name
    else { return nil }
    _ = try manifest.next(of: input.source.text)
    documentCount += 1
    if dropsUnreadable { unreadableCount += 1 }
    return dropsUnreadable ? .leftOut : .copied
  }

  private func cuts(of entry: ManifestEntry) throws(CorpusError) -> [CutRange] {
    guard entry.cuts.allSatisfy({ $0.end <= entry.length }) else {
      throw manifest.invalid("a cut ends after its document")
    }
    guard input.format == .text else { return try textFields.ranges(of: entry) }
    return entry.cuts.map {
      CutRange(start: entry.offset + $0.start, end: entry.offset + $0.end, takesLineEnd: false)
    }
  }
}

/// A manifest that allows looking at the next entries before they are consumed.
final class ManifestCursor {
  private let reader: ManifestReader
  private let written: ResultsFileRecord
  private var ahead: [ManifestEntry] = []

  /// Opens the manifest, and checks that it has the recorded size.
  init(resultsFolder: BytePath, written: ResultsFileRecord) throws(CorpusError) {
    self.written = written
    reader = try ManifestReader(resultsFolder: resultsFolder)
    try reader.checkSize(written)
  }

  /// Consumes and returns the next entry if it belongs to a file; nil otherwise.
  func next(of source: String) throws(CorpusError) -> ManifestEntry? {
    try look(1)
    guard let entry = ahead.first, Self.isEqual(entry.source, source) else { return nil }
    return ahead.removeFirst()
  }

  /// Returns the reason of the next entry if it is the only one of an input, and means that the
  /// whole input could not be read; nil otherwise.
  func lostInput(_ input: InputEntry) throws(CorpusError) -> String? {
    try look(2)
    let source = input.source.text
    guard let entry = ahead.first, Self.isEqual(entry.source, source),
      entry.status == .unreadable, entry.offset == 0,
      !ahead.dropFirst().contains(where: { Self.isEqual($0.source, source) })
    else { return nil }
    let reason = entry.reason?.rawValue ?? ""
    let isWhole =
      input.format == .text || input.format.isTable || CorpusError.isDamage(reason)
      || reason == CorpusError.Reason.otherFormat.name
    return isWhole ? reason : nil
  }

  /// Returns the offset of the next entry if it belongs to an input; nil otherwise.
  func nextOffset(of input: InputEntry) throws(CorpusError) -> Int? {
    try look(1)
    guard let entry = ahead.first, Self.isEqual(entry.source, input.source.text) else { return nil }
    return entry.offset
  }

  private func look(_ count: Int) throws(CorpusError) {
    while ahead.count < count, let entry = try reader.next() { ahead.append(entry) }
  }

  // Names differ if their bytes do; Swift would treat canonically equivalent names as equal.
  private static func isEqual(_ name: String, _ other: String) -> Bool {
    name.utf8.elementsEqual(other.utf8)
  }

  /// Checks that no entry is left, and that the manifest is the one that the run wrote.
  func finish() throws(CorpusError) {
    try look(1)
    guard let entry = ahead.first else { return try reader.check(written) }
    throw invalid("the entry's source \"\(entry.source)\" is not the next input of the summary")
  }

  /// Returns an error at the line that was read last.
  func invalid(_ detail: String) -> CorpusError {
    let place = reader.place
    return .invalidResults(place.path, detail, line: UInt64(place.line))
  }
}
