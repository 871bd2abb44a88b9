extension InputFile {
  /// Returns the content of a file, decompressed, and as UTF-8 if a byte order mark
  /// indicates another encoding.
  ///
  /// Use it for single files only; ``CorpusReader`` reads a corpus.
  /// - Parameters:
  ///   - path: the file; `-` is standard input.
  ///   - limit: the maximum number of decoded bytes.
  /// - Returns: the decoded bytes.
  /// - Throws: `cannotOpen` or `cannotRead`, `recordTooLong` above the limit, and decoding errors.
  public static func content(
    of path: BytePath, limit: Int = 1 << 30
  ) throws(CorpusError) -> [UInt8] {
    let isStandardInput = path == InputFile.standardInputPath
    let raw = try RawInput(
      isStandardInput ? try OpenFile.standardInput() : try OpenFile(reading: path))
    let compression = try raw.recognizedCompression() ?? Compression(fileName: path)
    let stream = try DecodedStream(raw, compression: compression, convertingFrom: .utf8)
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    defer { unsafe room.deallocate() }
    var content: [UInt8] = []
    while true {
      let count = unsafe try stream.read(into: room)
      if count == 0 { return content }
      guard content.count + count <= limit else {
        throw CorpusError(
          .recordTooLong, "the file is larger than the limit of \(limit) bytes",
          path: path)
      }
      unsafe content.append(contentsOf: room[..<count])
    }
  }
}
