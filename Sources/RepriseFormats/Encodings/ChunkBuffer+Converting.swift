extension TextEncoding {
  /// Returns the encoding of a file with the given first bytes; nil if it needs no conversion.
  ///
  /// - Parameters:
  ///   - start: the first bytes, at least ``ReadingOptions/encodingByteCount`` unless there are fewer.
  ///   - isWhole: true if there are no more.
  ///   - options: the options for reading the file.
  /// - Returns: the encoding.
  static func other(
    of start: UnsafeRawBufferPointer, isWhole: Bool, _ options: ReadingOptions
  ) -> TextEncoding? {
    var encoding = unsafe marked(start)
    if encoding == nil, options.detectsEncodings {
      encoding = unsafe EncodingDetector.find(start, isWhole: isWhole)
    }
    let found = encoding ?? options.encoding
    return found == .utf8 ? nil : found
  }

  /// Converts a whole text to UTF-8.
  ///
  /// - Throws: `encoding` if the system does not know the encoding.
  func text(_ content: [UInt8]) throws(CorpusError) -> [UInt8] {
    let buffer = ChunkBuffer()
    buffer.beginSlice(input: 0, offset: 0, endsInput: true)
    unsafe content.withUnsafeBytes { unsafe buffer.storage.append($0) }
    try buffer.convert(from: 0, self)
    return unsafe Array(buffer.storage.bytes)
  }

  /// Returns enough space for the UTF-8 of `count` bytes in any encoding.
  static func roomByteCount(for count: Int) -> Int { 4 * count + 16 }
}

extension ChunkBuffer {
  /// Converts the bytes from a position to the end of the buffer, which must be a whole file, to
  /// UTF-8.
  ///
  /// - Throws: `encoding` if the system does not know the encoding.
  func convert(from position: Int, _ encoding: TextEncoding) throws(CorpusError) {
    slices[slices.count - 1].facts.encoding = encoding
    guard let decoder = try encoding.makeDecoder() else { return }
    var raw = PaddedBytes()
    let bytes = unsafe UnsafeRawBufferPointer(storage.bytes)
    unsafe raw.append(UnsafeRawBufferPointer(rebasing: bytes[position...]))
    storage.truncate(to: position)
    var rest = unsafe UnsafeRawBufferPointer(raw.bytes)
    var isDone = false
    while !isDone {
      let piece = unsafe UnsafeRawBufferPointer(rebasing: rest.prefix(Self.pieceByteCount))
      isDone = piece.count == rest.count
      // In bounds: the decoder gets both sizes, and consumes at most the piece.
      let room = unsafe storage.reserve(TextEncoding.roomByteCount(for: piece.count))
      let (consumed, produced) = unsafe decoder.decode(piece, isLast: isDone, into: room)
      storage.commit(produced)
      unsafe rest = UnsafeRawBufferPointer(rebasing: rest[consumed...])
    }
  }

  private static let pieceByteCount = 256 << 10
}
