import RepriseSystem

/// An input that is being cleaned.
///
/// It is opened once, and read from its start as often as needed.
///
/// If it were opened again, its path could name a different file. No stream of it is trusted before
/// ``check(_:)``.
final class CleanedFile {
  let input: InputEntry
  private var opened: SharedFile?

  /// Creates an input that is opened when it is first read.
  init(_ input: InputEntry) { self.input = input }

  /// Returns the decoded content from its start, converted to UTF-8 if an encoding is given.
  ///
  /// - Throws: `cannotClean` if the run could not read the whole file; `cannotOpen`, or `changed`
  ///   if its size differs from that in the run.
  func stream(
    compression: Compression, convertingFrom encoding: TextEncoding? = nil
  ) throws(CorpusError) -> DecodedStream {
    let file = try open()
    return try DecodedStream(
      RawInput(file, byteCount: input.checksum.byteCount), compression: compression,
      convertingFrom: encoding)
  }

  /// Checks that a stream returned the bytes that the run read.
  ///
  /// - Throws: `changed` or `cannotRead`.
  func check(_ stream: DecodedStream) throws(CorpusError) {
    guard try stream.finishChecksum() == input.checksum else {
      throw CorpusError(
        .changed, "the content of the file changed after it was scanned", path: input.source)
    }
    // A stream ends where the file ended in the run, so the size is checked again.
    try input.checkSize(try open().file.status())
  }

  /// Reads the file from its start, and checks that it has the bytes that the run read.
  ///
  /// - Throws: `changed` or `cannotRead`.
  func checkContent() throws(CorpusError) { try check(try stream(compression: .none)) }

  /// Returns the open file, of which any part can be read.
  ///
  /// Nothing of it is trusted before ``checkContent()``.
  ///
  /// - Throws: `cannotClean` if the run could not read the whole file; `cannotOpen`, or `changed`
  ///   if its size differs from that in the run.
  func open() throws(CorpusError) -> SharedFile {
    if let opened { return opened }
    guard input.wasReadWhole else {
      throw CorpusError(
        .cannotClean, "the run could not read all of the file", path: input.source)
    }
    let file = SharedFile(try OpenFile.file(reading: input.source))
    try input.checkSize(try file.file.status())
    opened = file
    return file
  }
}

extension InputEntry {
  /// Checks that an entry is a file with the size that it had in the run.
  ///
  /// - Throws: `changed`.
  func checkSize(_ status: FileStatus) throws(CorpusError) {
    guard status.kind == .file else { throw .changed(source, "it is now a \(status.kind)") }
    let size = status.byteCount
    guard size == checksum.byteCount else {
      throw CorpusError(
        .changed,
        "the file has \(size) bytes, and had \(checksum.byteCount) when it was scanned",
        path: source)
    }
  }
}
