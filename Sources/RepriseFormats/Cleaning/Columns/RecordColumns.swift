/// Copies a file of JSON records or a table, and adds the columns of the verdicts to each record.
///
/// Every other byte stays. A record that is no JSON object, or a row with another number of fields than
/// the header, stays as it is.
struct RecordColumns {
  let input: InputEntry
  let ranges: DropRanges
  let rules: TableRules

  private static let pieceByteCount = 256 << 10

  /// The stream, and the bytes that were read from it and not written yet.
  private struct Source {
    let stream: DecodedStream
    let output: EncodedStream
    var ahead: ArraySlice<UInt8> = []
    var position = 0
    var piece = [UInt8](repeating: 0, count: pieceByteCount)

    /// Returns some bytes, at most `limit`; none at the end.
    mutating func take(_ limit: Int) throws(CorpusError) -> ArraySlice<UInt8> {
      if ahead.isEmpty {
        let count = try unsafe piece.withUnsafeMutableBufferPointer { bytes throws(CorpusError) in
          unsafe try stream.read(into: UnsafeMutableRawBufferPointer(bytes))
        }
        ahead = piece[..<count]
      }
      let taken = ahead.prefix(limit)
      ahead = ahead.dropFirst(taken.count)
      position += taken.count
      return taken
    }

    /// Copies bytes up to a position; returns false if the stream ends before it.
    mutating func copy(to end: Int) throws(CorpusError) -> Bool {
      while position < end {
        let taken = try take(end - position)
        if taken.isEmpty { return false }
        try write(taken)
      }
      return true
    }

    func write(_ bytes: ArraySlice<UInt8>) throws(CorpusError) {
      try unsafe bytes.span.withUnsafeBytes { bytes throws(CorpusError) in
        unsafe try output.write(bytes)
      }
    }
  }

  /// Copies the file.
  ///
  /// - Parameters:
  ///   - stream: the content.
  ///   - output: the copy.
  ///   - progress: called with the number of bytes so far.
  /// - Throws: `cannotClean` if a record has a field of one of the names; `invalidResults` if a record is
  ///   not in the file; errors of reading and writing.
  func run(
    _ stream: DecodedStream, to output: EncodedStream,
    progress: (Int) throws(CorpusError) -> Void
  ) throws(CorpusError) {
    var source = Source(stream: stream, output: output)
    let delimiter = input.format.isTable ? try addHeader(&source) : nil
    let scanner = JSONFieldScanner(fields: VerdictColumns.names)
    while let entry = try ranges.nextEntry() {
      guard entry.offset >= source.position, try source.copy(to: entry.offset) else {
        throw ranges.disordered
      }
      var record: [UInt8] = []
      while record.count < entry.length {
        let taken = try source.take(entry.length - record.count)
        guard !taken.isEmpty else { throw ranges.disordered }
        record += taken
      }
      if let delimiter {
        // A row that breaks a rule has no columns to which others could be added.
        if entry.reason?.rawValue != CorpusError.Reason.malformedRow.name {
          VerdictColumns.cells(entry, delimiter, into: &record)
        }
      } else {
        try addFields(to: &record, entry, scanner)
      }
      try source.write(record[...])
      try progress(source.position)
    }
    while true {
      let taken = try source.take(.max)
      if taken.isEmpty { break }
      try source.write(taken)
      try progress(source.position)
    }
  }

  /// Copies the header of a table with the names of the columns; returns the delimiter.
  private func addHeader(_ source: inout Source) throws(CorpusError) -> UInt8? {
    let head = try source.stream.head()
    let layout = try RecordLayout(input.format, head: head, of: input.source, rules)
    guard case .table(let header) = layout else { return nil }
    source.ahead = head[...]
    if let name = VerdictColumns.names.first(where: header.names.contains) {
      throw VerdictColumns.clash(name, input.source)
    }
    let isWhole = head.count <= ContentFormat.searchedByteCount
    let end = unsafe head.withUnsafeBytes {
      unsafe TableHead($0, isWhole: isWhole).headerEnd(header.delimiter)
    }
    guard let end, !header.names.isEmpty else { return header.delimiter }
    _ = try source.copy(to: end)
    var names: [UInt8] = []
    VerdictColumns.header(header.delimiter, into: &names)
    try source.write(names[...])
    return header.delimiter
  }

  private func addFields(
    to record: inout [UInt8], _ entry: ManifestEntry, _ scanner: JSONFieldScanner
  ) throws(CorpusError) {
    let mark = entry.offset == 0 && record.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var values: [JSONValue?] = []
    let isObject = unsafe record.withUnsafeBytes { bytes in
      // In bounds: the mark is at the start of the record.
      let object = unsafe UnsafeRawBufferPointer(rebasing: bytes[mark...])
      return (try? unsafe scanner.scan(object, into: &values)) != nil
    }
    guard isObject, let end = record.lastIndex(of: UInt8(ascii: "}")) else { return }
    if let place = values.firstIndex(where: { $0 != nil }) {
      throw VerdictColumns.clash(VerdictColumns.names[place], input.source)
    }
    let before = record[..<end].last { !JSONShape.isSpace($0) }
    var fields: [UInt8] = before == UInt8(ascii: "{") ? [] : [UInt8(ascii: ",")]
    VerdictColumns.json(entry, into: &fields)
    record.insert(contentsOf: fields, at: end)
  }
}
