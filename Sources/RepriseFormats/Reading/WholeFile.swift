extension InputFile {
  /// Returns the content of a file, decompressed, and as UTF-8 if a byte order mark
  /// indicates another encoding.
  ///
  /// Use it for single files only; ``CorpusReader`` reads a corpus.
  /// - Parameters:
  ///   - path: the file; `-` is standard input.
  ///   - limit: the maximum number of decoded bytes.
  ///   - encoding: the encoding of text without a byte order mark; nil to return the bytes without
  ///     conversion.
  /// - Returns: the decoded bytes.
  /// - Throws: `cannotOpen` or `cannotRead`, `recordTooLong` above the limit, and decoding errors.
  package static func content(
    of path: BytePath, limit: Int = 1 << 30, convertingFrom encoding: TextEncoding? = .utf8
  ) throws(CorpusError) -> [UInt8] {
    let isStandardInput = path == InputFile.standardInputPath
    let raw = try RawInput(
      isStandardInput ? try OpenFile.standardInput() : try OpenFile(reading: path))
    let compression = try raw.recognizedCompression() ?? Compression(fileName: path)
    let stream = try DecodedStream(raw, compression: compression, convertingFrom: encoding)
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
  /// Returns the content of a text file as UTF-8, decompressed.
  ///
  /// - Parameters:
  ///   - path: the file; `-` is standard input.
  ///   - options: the encoding, and the maximum number of decoded bytes.
  /// - Returns: the text.
  /// - Throws: `otherFormat` for a known format that is not read, and those of
  ///   ``content(of:limit:convertingFrom:)``.
  package static func text(
    of path: BytePath, _ options: ReadingOptions
  ) throws(CorpusError) -> [UInt8] {
    let content = try content(
      of: path, limit: options.maximumRecordByteCount, convertingFrom: nil)
    let refusal = unsafe content.withUnsafeBytes { unsafe ContentFormat.refused($0) }
    if case .refused(let sentence) = refusal {
      throw CorpusError(.otherFormat, sentence, path: path)
    }
    let encoding = unsafe content.withUnsafeBytes {
      unsafe TextEncoding.other(of: $0, isWhole: true, options)
    }
    return try encoding.map { encoding throws(CorpusError) in try encoding.text(content) }
      ?? content
  }
}
