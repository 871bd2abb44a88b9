/// Reads the entries of a `manifest.jsonl` one after another, in corpus order.
///
/// Memory does not grow with the manifest. Not thread-safe.
package final class ManifestReader {
  private let lines: LineReader
  private let scanner = JSONFieldScanner(fields: Field.allCases.map(\.key))
  private var values: [JSONValue?] = []

  /// The keys of a line.
  ///
  /// The raw value is the index of the key's value in the result of the scanner.
  enum Field: Int, CaseIterable {
    case id
    case source
    case offset
    case length
    case words
    case status
    case reason
    case duplicateOf
    case duplicateSource
    case duplicateOffset
    case duplicateRow
    case duplicateIn
    case similarity
    case cluster
    case copies
    case cuts
    case title

    var key: String {
      switch self {
      case .duplicateOf: "duplicate_of"
      case .duplicateSource: "duplicate_source"
      case .duplicateOffset: "duplicate_offset"
      case .duplicateRow: "duplicate_row"
      case .duplicateIn: "duplicate_in"
      default: "\(self)"
      }
    }
  }

  /// Opens the manifest of a results folder.
  ///
  /// - Throws: `cannotOpen`.
  package init(resultsFolder: BytePath) throws(CorpusError) {
    lines = try LineReader(resultsFolder.appending(ResultsFolder.Name.manifest.path))
  }

  /// Returns the next entry, or `nil` after the last one.
  ///
  /// - Throws: `cannotRead`, `truncated`, or `invalidResults` with the line.
  package func next() throws(CorpusError) -> ManifestEntry? {
    guard let line = unsafe try lines.next() else { return nil }
    return unsafe try entry(of: line)
  }

  /// Returns the next entry whose line is wanted, and its index from 0; nil after the last one.
  ///
  /// The lines before it are not parsed, so a document is found at the speed of the disk.
  ///
  /// - Parameter isWanted: takes the index and the bytes of a line.
  /// - Returns: the index of the line, and the entry.
  /// - Throws: as ``next()``.
  package func next(
    where isWanted: (_ row: Int, _ line: UnsafeRawBufferPointer) -> Bool
  ) throws(CorpusError) -> (row: Int, entry: ManifestEntry)? {
    while let line = unsafe try lines.next() {
      let row = lines.lineCount - 1
      if unsafe isWanted(row, line) { return (row, unsafe try entry(of: line)) }
    }
    return nil
  }

  private func entry(of line: UnsafeRawBufferPointer) throws(CorpusError) -> ManifestEntry {
    do throws(JSONSyntaxError) {
      try unsafe scanner.scan(line, into: &values)
    } catch {
      throw invalid(error.sentence)
    }
    let fields = unsafe ManifestFields(line: line, values: values)
    guard let entry = fields.entry else {
      throw invalid("a field is missing or has an impossible value")
    }
    return entry
  }

  /// Checks that the manifest has the size that the run recorded, before it is read.
  ///
  /// - Throws: `cannotRead`, or `invalidResults`.
  func checkSize(_ written: ResultsFileRecord) throws(CorpusError) {
    let (size, before) = (try lines.fileByteCount(), written.checksum.byteCount)
    guard size == before else {
      throw .invalidResults(
        lines.path, "the file has \(size) bytes, and the run wrote \(before)")
    }
  }

  /// Checks that the manifest, after all of it was read, is the one that the run recorded.
  ///
  /// - Throws: `invalidResults`.
  func check(_ written: ResultsFileRecord) throws(CorpusError) {
    guard lines.lineCount == written.lineCount else {
      throw .invalidResults(
        lines.path, "the file has \(lines.lineCount) lines, and the run wrote \(written.lineCount)")
    }
    guard lines.checksum == written.checksum else {
      throw .invalidResults(lines.path, "the file has other bytes than the run wrote")
    }
  }

  /// The file and the number of lines read so far.
  var place: (path: BytePath, line: Int) { (lines.path, lines.lineCount) }

  private func invalid(_ detail: String) -> CorpusError {
    .invalidResults(lines.path, detail, line: UInt64(lines.lineCount))
  }
}
