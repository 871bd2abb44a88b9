/// What a manifest leaves out of one file: the ranges of its dropped documents, and the cuts of its
/// trimmed ones.
///
/// The entries of a file follow one another in the manifest, which is read on as ranges are asked
/// for.
final class DropRanges: CutRangeSource {
  private let input: InputEntry
  private let manifest: ManifestCursor
  private let textFields: TextFieldCuts
  private let dropsUnreadable: Bool
  private var pending: [CutRange] = []
  /// The number of documents seen so far.
  private(set) var documentCount = 0
  /// How many of them are dropped.
  private(set) var droppedCount = 0
  /// How many of them are dropped because they could not be read.
  private(set) var unreadableCount = 0
  /// How many of them lose passages.
  private(set) var trimmedCount = 0

  /// Takes the entries of an input as they come.
  /// - Parameters:
  ///   - file: the file.
  ///   - textField: the field that holds the text of a JSON Lines record.
  ///   - manifest: the entries, of which those of the input come next.
  ///   - dropsUnreadable: whether documents that could not be read are left out, too.
  init(
    of file: CleanedFile, textField: String, in manifest: ManifestCursor, dropsUnreadable: Bool
  ) {
    self.dropsUnreadable = dropsUnreadable
    textFields = TextFieldCuts(of: file, textField: textField)
    input = file.input
    self.manifest = manifest
  }

  /// Checks that what was read beside the copied stream is the file that the run read.
  ///
  /// - Throws: `changed` or `cannotRead`.
  func checkInput() throws(CorpusError) { try textFields.checkInput() }

  func next() throws(CorpusError) -> CutRange? {
    while pending.isEmpty {
      guard let entry = try manifest.next(of: input.source.text) else { return nil }
      documentCount += 1
      switch entry.status {
      case .keep, .empty: continue
      case .unreadable:
        guard dropsUnreadable else { continue }
        unreadableCount += 1
        return range(of: entry)
      case .drop:
        droppedCount += 1
        return range(of: entry)
      case .trim:
        trimmedCount += 1
        pending = try cuts(of: entry)
      }
    }
    return pending.removeFirst()
  }

  private func range(of entry: ManifestEntry) -> CutRange {
    CutRange(
      start: entry.offset, end: entry.offset + entry.length,
      takesLineEnd: input.format == .jsonLines)
  }

  /// Takes the entry of an input of which nothing could be read and that is left out.
  func takeLostInput() throws(CorpusError) -> Bool {
    guard dropsUnreadable, try manifest.takeLost(of: input) else { return false }
    documentCount += 1
    unreadableCount += 1
    return true
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

/// A manifest of which the next entries can be looked at before they are taken.
final class ManifestCursor {
  private let reader: ManifestReader
  private let written: ResultsFileRecord
  private var ahead: [ManifestEntry] = []

  /// Opens the manifest that a run has written so.
  init(resultsFolder: BytePath, written: ResultsFileRecord) throws(CorpusError) {
    self.written = written
    reader = try ManifestReader(resultsFolder: resultsFolder)
    try reader.checkSize(written)
  }

  /// The next entry if it is of the given file.
  func next(of source: String) throws(CorpusError) -> ManifestEntry? {
    try look(1)
    guard let entry = ahead.first, Self.isEqual(entry.source, source) else { return nil }
    return ahead.removeFirst()
  }

  /// Takes the next entry if it is all there is of an input, and says that the input as a whole
  /// could not be read.
  func takeLost(of input: InputEntry) throws(CorpusError) -> Bool {
    try look(2)
    let source = input.source.text
    guard let entry = ahead.first, Self.isEqual(entry.source, source),
      entry.status == .unreadable, entry.offset == 0,
      !ahead.dropFirst().contains(where: { Self.isEqual($0.source, source) })
    else { return false }
    let isRecord = input.format == .jsonLines && !CorpusError.isDamage(entry.reason?.rawValue)
    guard !isRecord else { return false }
    ahead.removeFirst()
    return true
  }

  private func look(_ count: Int) throws(CorpusError) {
    while ahead.count < count, let entry = try reader.next() { ahead.append(entry) }
  }

  // Names differ where their bytes do; Swift would take equivalent characters for equal.
  private static func isEqual(_ name: String, _ other: String) -> Bool {
    name.utf8.elementsEqual(other.utf8)
  }

  /// Makes sure that no entry is left, and that all are there that the run wrote.
  func finish() throws(CorpusError) {
    try look(1)
    guard let entry = ahead.first else { return try reader.check(written) }
    throw invalid("the entry's source \"\(entry.source)\" is not the next input of the summary")
  }

  /// The error of the entry read last.
  func invalid(_ detail: String) -> CorpusError {
    let place = reader.place
    return .invalidResults(place.path, detail, line: UInt64(place.line))
  }
}
