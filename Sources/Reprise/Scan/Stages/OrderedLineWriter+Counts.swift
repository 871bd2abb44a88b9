internal import RepriseEngine
internal import RepriseFormats

extension OrderedLineWriter {
  /// Documents and bytes by decision, as counted from manifest lines.
  struct Counts: Sendable {
    var documents = ScanSummary.DocumentCounts()
    var bytes = ScanSummary.ByteCounts()
    var words = ScanSummary.WordCounts()

    mutating func add(_ line: borrowing ManifestLine, _ document: DocumentDescriptor) {
      let byteCount = Int(document.textByteCount)
      documents.total += 1
      bytes.total += byteCount
      words.total += line.words
      if line.status == .drop { words.removed += line.words }
      if line.status == .trim { words.removed += line.cuts.reduce(0) { $0 + $1.words } }
      switch (line.status, line.reason) {
      case (.drop, .some(.exact)):
        documents.exactDuplicates += 1
        bytes.exactDuplicates += byteCount
      case (.drop, .some(.words)):
        documents.wordDuplicates += 1
        bytes.wordDuplicates += byteCount
      case (.drop, .some(.contained)):
        documents.contained += 1
        bytes.contained += byteCount
      case (.drop, .some(.remnant)):
        documents.remnants += 1
        bytes.remnants += byteCount
      case (.drop, .some(.passage)):
        documents.passageDuplicates += 1
        bytes.passages += byteCount
      case (.drop, _):
        documents.nearDuplicates += 1
        bytes.nearDuplicates += byteCount
      case (.trim, _):
        documents.trimmed += 1
        bytes.passages += line.cuts.reduce(0) { $0 + $1.end - $1.start }
      case (.empty, _): documents.empty += 1
      case (.unreadable, _): documents.unreadable += 1
      default: documents.kept += 1
      }
    }
  }
}
