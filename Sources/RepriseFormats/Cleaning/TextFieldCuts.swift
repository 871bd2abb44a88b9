/// Locates the cuts of JSON Lines records in the bytes of a file.
///
/// It reads the text fields from a second stream, in addition to the one that is copied.
final class TextFieldCuts {
  private let file: CleanedFile
  private var reader: DocumentReader
  private var stream: DecodedStream?
  private var record: [UInt8] = []
  private var piece = [UInt8](repeating: 0, count: 256 << 10)

  init(of file: CleanedFile, textFields: [String]) {
    self.file = file
    reader = DocumentReader(DocumentFields(text: textFields, id: ""))
  }

  /// Returns the ranges of the file that correspond to an entry's cuts.
  ///
  /// Entries must be passed in file order. A cut of a text of several strings is one range in each
  /// of them that it takes words from. What joins the strings is not in the file.
  ///
  /// - Throws: `changed` if there is no text that could have these cuts, and errors of reading.
  func ranges(of entry: ManifestEntry) throws(CorpusError) -> [CutRange] {
    try read(entry)
    let mark = entry.offset == 0 && record.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    return try unsafe record.withUnsafeBufferPointer { buffer throws(CorpusError) in
      let bytes = UnsafeRawBufferPointer(buffer)
      do throws(DocumentReader.Failure) {
        unsafe try reader.read(bytes, .jsonLines, isFirst: entry.offset == 0)
      } catch {
        throw changed(entry)
      }
      let json = unsafe UnsafeRawBufferPointer(rebasing: bytes[mark...])
      let ranges = reader.textParts.flatMap { part in
        unsafe Self.ranges(of: entry.cuts, in: part, of: json, at: entry.offset + mark)
      }
      // The fields of a text need not be in the order of the record.
      return ranges.sorted { $0.start < $1.start }
    }
  }

  private static func ranges(
    of cuts: [Cut], in part: TextStrings.Part, of record: UnsafeRawBufferPointer, at offset: Int
  ) -> [CutRange] {
    // In bounds: the reader found the value in these bytes.
    let raw = unsafe UnsafeRawBufferPointer(rebasing: record[part.value.range])
    let start = offset + part.value.offset
    return cuts.compactMap { cut in
      let from = max(cut.start, part.range.lowerBound) - part.range.lowerBound
      let to = min(cut.end, part.range.upperBound) - part.range.lowerBound
      guard from < to else { return nil }
      return unsafe CutRange(
        start: start + JSONString.rawOffset(ofTextOffset: from, in: raw),
        end: start + JSONString.rawOffset(ofTextOffset: to, in: raw), takesLineEnd: false)
    }
  }

  /// Checks that all cuts were located in the bytes that the run read.
  ///
  /// - Throws: `changed` or `cannotRead`.
  func checkInput() throws(CorpusError) {
    if let stream { try file.check(stream) }
  }

  /// Skips to the entry's record and reads it.
  ///
  /// The buffer grows with the bytes that are read, because a damaged entry can ask for more than
  /// fits in memory.
  private func read(_ entry: ManifestEntry) throws(CorpusError) {
    let stream = try open()
    while stream.decodedByteCount < entry.offset {
      let rest = UInt64(entry.offset) - stream.decodedByteCount
      try fill(&piece, Int(clamping: min(UInt64(piece.count), rest)), stream)
    }
    record.removeAll(keepingCapacity: true)
    while record.count < entry.length {
      let count = min(piece.count, entry.length - record.count)
      try fill(&piece, count, stream)
      record += piece[..<count]
    }
  }

  private func open() throws(CorpusError) -> DecodedStream {
    if let stream { return stream }
    let opened = try file.stream(
      compression: file.input.compression, convertingFrom: file.input.encoding)
    stream = opened
    return opened
  }

  private func fill(
    _ buffer: inout [UInt8], _ count: Int, _ stream: DecodedStream
  ) throws(CorpusError) {
    let path = file.input.source
    unsafe try buffer.withUnsafeMutableBufferPointer { bytes throws(CorpusError) in
      var filled = 0
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
