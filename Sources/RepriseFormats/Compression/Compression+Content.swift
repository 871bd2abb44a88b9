extension Compression {
  /// The number of first bytes that show a compression.
  static let searchedByteCount = 4

  /// Recognizes the compression of data by its first bytes.
  ///
  /// - Parameter start: the first bytes, at least ``searchedByteCount`` unless there are fewer.
  /// - Returns: the compression; nil if the data begins neither a gzip member nor a zstd frame.
  static func recognized(_ start: UnsafeRawBufferPointer) -> Compression? {
    // The third byte is the method, of which there is only one.
    if unsafe start.starts(with: [0x1F, 0x8B, 0x08]) { return .gzip }
    let isWhole = start.count >= searchedByteCount
    return unsafe isWhole && ZstdDecoder.startsFrame(start) ? .zstd : nil
  }
}

extension RawInput {
  /// Recognizes the compression by the next bytes, which are not consumed.
  ///
  /// - Throws: `cannotRead`.
  func recognizedCompression() throws(CorpusError) -> Compression? {
    try require(Compression.searchedByteCount)
    return unsafe Compression.recognized(bytes)
  }
}

extension InputFile {
  /// Returns the compression that the first bytes of the file show, or else the one that its name
  /// says.
  ///
  /// The data of a pipe cannot be looked at before it is read. What cannot be read now is reported
  /// by whoever reads the file.
  package func foundCompression() -> Compression {
    guard !isPipe, byteCount > 0 else { return compression }
    var start: (UInt8, UInt8, UInt8, UInt8) = (0, 0, 0, 0)
    let found = unsafe withUnsafeMutableBytes(of: &start) { start -> Compression? in
      guard let file = try? open(), let count = try? unsafe file.read(into: start, at: 0) else {
        return nil
      }
      return unsafe Compression.recognized(UnsafeRawBufferPointer(rebasing: start[..<count]))
    }
    return found ?? compression
  }
}
