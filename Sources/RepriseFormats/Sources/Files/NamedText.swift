/// Reads single texts that the user names: a file, or a JSON record of a file.
///
/// A file is a text unless the fields of a record are given. `FILE#LINE` is the record that begins on
/// a line, as the manifest names it.
package struct NamedText {
  private var options: ReadingOptions
  private let fields: [String]

  /// The fields if a record is named by its line alone.
  private static let defaultFields = ["text"]

  /// A text that was read.
  package struct Content {
    /// The UTF-8.
    package var bytes: [UInt8]
    /// True if nothing has shown yet that this is a text.
    package var mayBeBinary: Bool
  }

  /// Prepares to read.
  ///
  /// - Parameters:
  ///   - options: the encoding, and the largest text.
  ///   - fields: the fields with the text of a record; empty if a file is a text.
  package init(_ options: ReadingOptions, fields: [String]) {
    (self.options, self.fields) = (options, fields)
    self.options.textFields = fields.isEmpty ? Self.defaultFields : fields
  }

  /// Reads a text.
  ///
  /// - Parameter name: a file, `-` for standard input, or either followed by `#` and a line.
  /// - Returns: the text.
  /// - Throws: the problem of a file or record that cannot be read; `otherFormat` for a known format
  ///   that is not read; `missingField` if the record is not named clearly.
  package func read(_ name: BytePath) throws(CorpusError) -> Content {
    if let place = try recordPlace(name) { return try record(of: place.file, line: place.line) }
    guard fields.isEmpty else { return try record(of: name, line: nil) }
    return Content(bytes: try InputFile.text(of: name, options), mayBeBinary: true)
  }

  /// Takes a name apart; nil if it is that of a file.
  private func recordPlace(_ name: BytePath) throws(CorpusError) -> (file: BytePath, line: Int)? {
    guard let mark = name.bytes.lastIndex(of: UInt8(ascii: "#")),
      let line = Int(String(decoding: name.bytes[(mark + 1)...], as: UTF8.self)), line > 0
    else { return nil }
    let file = BytePath(Array(name.bytes[..<mark]))
    if try FileStatus.ofAny(at: name) != nil { return nil }
    if file == InputFile.standardInputPath { return (file, line) }
    return try FileStatus.ofAny(at: file) == nil ? nil : (file, line)
  }

  private func record(of file: BytePath, line: Int?) throws(CorpusError) -> Content {
    var inputs = try Discovery.find([file]).inputs
    guard inputs.count == 1, inputs[0].path == file else { throw .notAFile(file, .folder) }
    inputs[0].compression = inputs[0].foundCompression()
    let source = FileSource(
      inputs: inputs, options: options, fields: DocumentFields(text: options.textFields, id: ""))
    let extractor = source.makeExtractor()
    var search = RecordSearch(file: file, line: line)
    while try extractor.next() {
      for (index, slice) in extractor.batch.slices.enumerated() {
        try extractor.forEach(inSlice: index) { item throws(CorpusError) in try search.take(item) }
        search.linesBefore += slice.lineFeedCount
      }
    }
    return try search.found(fields: options.textFields)
  }
}

/// Looks for one record in the items of a file.
private struct RecordSearch {
  let file: BytePath
  let line: Int?
  var linesBefore = 0
  private var count = 0
  private var text: [UInt8] = []
  private var isWholeFile = false
  /// The problem of the record, or of the file.
  private var problem: Problem?

  init(file: BytePath, line: Int?) { (self.file, self.line) = (file, line) }

  mutating func take(_ item: SourceItem) throws(CorpusError) {
    switch item {
    case .document(let document):
      guard document.isWholeInput || isWanted(document.line) else { return }
      isWholeFile = document.isWholeInput
      if count == 0 { text = unsafe Array(document.text) }
      count += 1
    case .unreadable(_, let line, let found):
      guard line == 0 || isWanted(line) else { return }
      problem = problem ?? located(found)
      count += 1
    case .problem(let found): problem = problem ?? located(found)
    case .blankLine: break
    }
  }

  private func isWanted(_ place: Int) -> Bool { line == nil || place + linesBefore == line }

  private func located(_ found: Problem) -> Problem {
    var located = found
    located.line = found.line.map { $0 + linesBefore }
    return located
  }

  /// Returns the text of the only record that was wanted.
  func found(fields: [String]) throws(CorpusError) -> NamedText.Content {
    if count <= 1, let problem { throw CorpusError(problem) }
    if isWholeFile { return try wholeFile(fields) }
    guard count == 1 else {
      throw CorpusError(.missingField, sentence, path: file, line: line.map { UInt64($0) })
    }
    return NamedText.Content(bytes: text, mayBeBinary: false)
  }

  private var sentence: String {
    if line != nil {
      return count == 0 ? "no record begins on this line" : "\(count) records begin on this line"
    }
    return count == 0
      ? "there is no record"
      : "there are \(count) records; name one by its line, as in \(file)#1"
  }

  /// A file that was read as one text, although the text of a record is wanted.
  private func wholeFile(_ fields: [String]) throws(CorpusError) -> NamedText.Content {
    guard line == nil else {
      throw CorpusError(.missingField, "this is a text, which has no records", path: file)
    }
    // One object without the fields is read as a text, too.
    guard text.first(where: { !JSONShape.isSpace($0) }) == UInt8(ascii: "{") else {
      return NamedText.Content(bytes: text, mayBeBinary: true)
    }
    var reader = DocumentReader(DocumentFields(text: fields, id: ""))
    let found = unsafe text.withUnsafeBytes { bytes -> Result<[UInt8], DocumentReader.Failure> in
      do throws(DocumentReader.Failure) {
        unsafe try reader.read(bytes, .jsonLines, isFirst: true)
      } catch {
        return .failure(error)
      }
      return unsafe .success(Array(reader.text))
    }
    switch found {
    case .success(let text): return NamedText.Content(bytes: text, mayBeBinary: false)
    case .failure(let failure):
      throw CorpusError(
        failure.reason, String(failure.message.dropLast()), path: file,
        byte: failure.byte.map { UInt64($0) })
    }
  }
}
