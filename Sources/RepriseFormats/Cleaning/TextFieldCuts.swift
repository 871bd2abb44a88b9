/// Locates the cuts of JSON Lines records in the bytes of a file.
///
/// It reads the text fields from a second stream, in addition to the one that is copied.
final class TextFieldCuts {
  private let file: CleanedFile
  private let scanner: JSONFieldScanner
  private var values: [JSONValue?] = []
  private var stream: DecodedStream?
  private var record: [UInt8] = []
  private var piece = [UInt8](repeating: 0, count: 256 << 10)

  init(of file: CleanedFile, textField: String) {
    self.file = file
    scanner = JSONFieldScanner(fields: [textField])
  }

  /// Returns the ranges of the file that correspond to an entry's cuts.
  ///
  /// Entries must be passed in file order.
  ///
  /// - Throws: `changed` if there is no text that could have these cuts, and errors of reading.
  func ranges(of entry: ManifestEntry) throws(CorpusError) -> [CutRange] {
    try read(entry)
    let mark = entry.offset == 0 && record.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    return try unsafe record.withUnsafeBufferPointer { buffer throws(CorpusError) in
      let bytes = UnsafeRawBufferPointer(buffer)
      let json = unsafe UnsafeRawBufferPointer(rebasing: bytes[mark...])
      guard (try? unsafe scanner.scan(json, into: &values)) != nil, let value = values[0],
        value.kind == .string
      else { throw changed(entry) }
      // In bounds: the scanner found the value in these bytes.
      let raw = unsafe UnsafeRawBufferPointer(rebasing: json[value.range])
      let start = entry.offset + mark + value.offset
      return entry.cuts.map { cut in
        unsafe CutRange(
          start: start + JSONString.rawOffset(ofTextOffset: cut.start, in: raw),
          end: start + JSONString.rawOffset(ofTextOffset: cut.end, in: raw), takesLineEnd: false)
      }
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
