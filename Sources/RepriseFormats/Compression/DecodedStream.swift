/// Reads a file's content in order, decompresses it, and hashes the raw bytes.
///
/// Content that was decoded before an error is returned first; then every further read throws. Not
/// thread-safe, and not for random access.
package final class DecodedStream {
  private let input: RawInput
  private let decoder: any StreamDecoder
  private let conversion: ConvertingDecoder?
  private var failure: CorpusError?
  var path: BytePath { input.path }
  /// The number of decoded bytes returned so far.
  package private(set) var decodedByteCount: UInt64 = 0

  /// The encoding that is converted to UTF-8, known after the first read; nil without conversion.
  var encoding: TextEncoding? { conversion?.encoding }

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - compression: its compression.
  ///   - encoding: the encoding of text without a byte order mark, which is converted to UTF-8; nil
  ///     to return the bytes without conversion.
  /// - Throws: `cannotOpen` or `outOfMemory`.
  package convenience init(
    path: BytePath, compression: Compression, convertingFrom encoding: TextEncoding? = nil
  ) throws(CorpusError) {
    try self.init(
      try OpenFile(reading: path), compression: compression, convertingFrom: encoding)
  }

  /// Reads from an open descriptor without closing it; messages call the input `path`.
  ///
  /// - Throws: `outOfMemory`.
  package convenience init(
    descriptor: Int32, path: BytePath, compression: Compression
  ) throws(CorpusError) {
    try self.init(OpenFile(borrowing: descriptor, path: path), compression: compression)
  }

  convenience init(
    _ file: consuming OpenFile, compression: Compression,
    convertingFrom encoding: TextEncoding? = nil
  ) throws(CorpusError) {
    try self.init(RawInput(file), compression: compression, convertingFrom: encoding)
  }

  init(
    _ input: RawInput, compression: Compression, convertingFrom encoding: TextEncoding? = nil,
    detecting detectsEncoding: Bool = false
  ) throws(CorpusError) {
    self.input = input
    let unpacker: any StreamDecoder
    switch compression {
    case .none: unpacker = PlainDecoder()
    case .gzip: unpacker = try GzipDecoder(path: input.path)
    case .zstd: unpacker = try ZstdDecoder(path: input.path)
    }
    conversion = encoding.map {
      ConvertingDecoder(unpacker, otherwise: $0, detects: detectsEncoding)
    }
    decoder = conversion ?? unpacker
  }

  /// Fills a buffer with the next decoded bytes.
  ///
  /// - Returns: the number of bytes. It is below the size of the buffer only at the end or before
  ///   an error, and 0 at the end.
  /// - Throws: `cannotRead`, `truncated`, `corrupt`, `notCompressed` or `trailingGarbage`, with the
  ///   number of bytes decoded so far as the offset; again on every later call.
  package func read(into target: UnsafeMutableRawBufferPointer) throws(CorpusError) -> Int {
    if let failure { throw failure }
    var filled = 0
    do throws(CorpusError) {
      while filled < target.count {
        let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: target[filled...])
        let count = unsafe try decoder.decode(from: input, into: rest)
        if count == 0 { break }
        filled += count
        decodedByteCount += UInt64(count)
      }
    } catch {
      var located = error
      located.byte = decodedByteCount
      failure = located
      if filled == 0 { throw located }
    }
    return filled
  }

  /// Reads the remaining raw bytes, even if they cannot be decoded, and returns the checksum of all
  /// raw bytes.
  ///
  /// - Throws: `cannotRead`.
  package func finishChecksum() throws(CorpusError) -> FileChecksum {
    try input.finishChecksum()
  }
}

extension DecodedStream {
  /// Reads the first bytes, one more than formats are recognized by, unless there are fewer.
  ///
  /// - Throws: as ``read(into:)`` if nothing was read.
  func head() throws(CorpusError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: ContentFormat.searchedByteCount + 1)
    let count = try unsafe bytes.withUnsafeMutableBufferPointer { bytes throws(CorpusError) in
      unsafe try read(into: UnsafeMutableRawBufferPointer(bytes))
    }
    bytes.removeLast(bytes.count - count)
    return bytes
  }
}
