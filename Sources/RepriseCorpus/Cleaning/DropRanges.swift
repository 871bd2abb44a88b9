/// What a manifest leaves out of one file: the ranges of its dropped documents, and the cuts of its
/// trimmed ones.
///
/// The entries of a file follow one another in the manifest, which is read on as ranges are asked
/// for.
final class DropRanges: CutRangeSource {
  private let input: InputRecord
  private let manifest: ManifestCursor
  private let textFields: TextFieldCuts
  private var pending: [CutRange] = []
  /// The number of documents seen so far.
  private(set) var documentCount = 0
  /// How many of them are dropped.
  private(set) var droppedCount = 0
  /// How many of them lose passages.
  private(set) var trimmedCount = 0

  init(of input: InputRecord, textField: String, in manifest: ManifestCursor) {
    textFields = TextFieldCuts(of: input, textField: textField)
    self.input = input
    self.manifest = manifest
  }

  func next() throws(CorpusError) -> CutRange? {
    while pending.isEmpty {
      guard let entry = try manifest.next(of: input.source.text) else { return nil }
      documentCount += 1
      switch entry.status {
      case .keep, .empty, .unreadable: continue
      case .drop:
        droppedCount += 1
        return CutRange(
          start: entry.offset, end: entry.offset + entry.length,
          takesLineEnd: input.format == .jsonLines)
      case .trim:
        trimmedCount += 1
        pending = try cuts(of: entry)
      }
    }
    return pending.removeFirst()
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

/// A manifest of which the next entry can be looked at before it is taken.
final class ManifestCursor {
  private let reader: ManifestReader
  private var ahead: ManifestEntry?

  init(resultsFolder: FilePath) throws(CorpusError) {
    reader = try ManifestReader(resultsFolder: resultsFolder)
  }

  /// The next entry if it is of the given file.
  func next(of source: String) throws(CorpusError) -> ManifestEntry? {
    if ahead == nil { ahead = try reader.next() }
    // Names differ where their bytes do; Swift would take equivalent characters for equal.
    guard let entry = ahead, entry.source.utf8.elementsEqual(source.utf8) else { return nil }
    ahead = nil
    return entry
  }

  /// Makes sure that no entry is left.
  func finish() throws(CorpusError) {
    if ahead == nil { ahead = try reader.next() }
    guard let entry = ahead else { return }
    throw invalid("the entry's source \"\(entry.source)\" is not the next input of the summary")
  }

  /// The error of the entry read last.
  func invalid(_ detail: String) -> CorpusError {
    let place = reader.place
    return .invalidResults(place.path, detail, line: UInt64(place.line))
  }
}
