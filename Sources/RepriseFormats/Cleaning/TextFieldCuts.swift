/// Locates the cuts of records in the bytes of a file.
///
/// It reads the text fields from a second stream, in addition to the one that is copied.
final class TextFieldCuts {
  private let file: CleanedFile
  private let rules: TableRules
  private var reader: DocumentReader
  private var opened: (stream: DecodedStream, layout: RecordLayout)?
  /// Bytes that were read from the stream for the layout, and not used since.
  private var ahead: ArraySlice<UInt8> = []
  private var record: [UInt8] = []
  private var piece = [UInt8](repeating: 0, count: 256 << 10)

  init(of file: CleanedFile, _ rules: TableRules) {
    self.file = file
    self.rules = rules
    reader = DocumentReader(DocumentFields(text: rules.textFields, id: ""))
  }

  /// Returns the ranges of the file that correspond to an entry's cuts.
  ///
  /// Entries must be passed in file order. A cut of a text of several strings is one range in each
  /// of them that it takes words from. What joins the strings is not in the file.
  ///
  /// - Throws: `changed` if there is no text that could have these cuts, and errors of reading.
  func ranges(of entry: ManifestEntry) throws(CorpusError) -> [CutRange] {
    let layout = try read(entry)
    let mark = entry.offset == 0 && record.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    return try unsafe record.withUnsafeBufferPointer { buffer throws(CorpusError) in
      let bytes = UnsafeRawBufferPointer(buffer)
      do throws(DocumentReader.Failure) {
        unsafe try reader.read(bytes, layout, isFirst: entry.offset == 0)
      } catch {
        throw changed(entry)
      }
      let form = reader.form
      let content = unsafe UnsafeRawBufferPointer(rebasing: bytes[mark...])
      let ranges = reader.textParts.flatMap { part in
        unsafe Self.ranges(of: entry.cuts, in: part, form, of: content, at: entry.offset + mark)
      }
      // The fields of a text need not be in the order of the record.
      return ranges.sorted { $0.start < $1.start }
    }
  }

  private static func ranges(
    of cuts: [Cut], in part: TextStrings.Part, _ form: StringForm,
    of record: UnsafeRawBufferPointer, at offset: Int
  ) -> [CutRange] {
    // In bounds: the reader found the value in these bytes.
    let raw = unsafe UnsafeRawBufferPointer(rebasing: record[part.value.range])
    let start = offset + part.value.offset
    return cuts.compactMap { cut in
      let from = max(cut.start, part.range.lowerBound) - part.range.lowerBound
      let to = min(cut.end, part.range.upperBound) - part.range.lowerBound
      guard from < to else { return nil }
      return unsafe CutRange(
        start: start + form.rawOffset(ofTextOffset: from, in: part.value, raw),
        end: start + form.rawOffset(ofTextOffset: to, in: part.value, raw), takesLineEnd: false)
    }
  }

  /// Checks that all cuts were located in the bytes that the run read.
  ///
  /// - Throws: `changed` or `cannotRead`.
  func checkInput() throws(CorpusError) {
    if let opened { try file.check(opened.stream) }
  }

  /// Skips to the entry's record, reads it, and returns how it is laid out.
  ///
  /// The buffer grows with the bytes that are read, because a damaged entry can ask for more than
  /// fits in memory.
  private func read(_ entry: ManifestEntry) throws(CorpusError) -> RecordLayout {
    let (stream, layout) = try open()
    while position(in: stream) < entry.offset {
      let rest = entry.offset - position(in: stream)
      try fill(&piece, min(piece.count, rest), stream)
    }
    record.removeAll(keepingCapacity: true)
    while record.count < entry.length {
      let count = min(piece.count, entry.length - record.count)
      try fill(&piece, count, stream)
      record += piece[..<count]
    }
    return layout
  }

  /// The offset of the next byte that is filled in.
  private func position(in stream: DecodedStream) -> Int {
    Int(clamping: stream.decodedByteCount) - ahead.count
  }

  private func open() throws(CorpusError) -> (DecodedStream, RecordLayout) {
    if let opened { return opened }
    let stream = try file.stream(
      compression: file.input.compression, convertingFrom: file.input.encoding)
    var head: [UInt8] = []
    if file.input.format.isTable { head = try stream.head() }
    let layout = try RecordLayout(file.input.format, head: head, of: file.input.source, rules)
    ahead = head[...]
    opened = (stream, layout)
    return (stream, layout)
  }

  private func fill(
    _ buffer: inout [UInt8], _ count: Int, _ stream: DecodedStream
  ) throws(CorpusError) {
    let path = file.input.source
    let known = ahead.prefix(count)
    ahead = ahead.dropFirst(count)
    unsafe try buffer.withUnsafeMutableBufferPointer { bytes throws(CorpusError) in
      // In bounds: at most `count` bytes, which the buffer has.
      for (index, byte) in known.enumerated() { unsafe bytes[index] = byte }
      var filled = known.count
      while filled < count {
        let rest = unsafe UnsafeMutableBufferPointer(rebasing: bytes[filled..<count])
        let read = unsafe try stream.read(into: UnsafeMutableRawBufferPointer(rest))
        guard read > 0 else { throw .changed(path, "its data ends early") }
        filled += read
      }
    }
  }

  private func changed(_ entry: ManifestEntry) -> CorpusError {
    .changed(file.input.source, "there is no longer a text at byte \(entry.offset)")
  }
}
