/// A file's content in order, unpacked on the way, while the raw bytes are hashed.
///
/// What could be decoded before a failure is delivered first; then every further read throws.
/// Not for reading one plain file by several threads, nor for access at random.
public final class DecodedStream {
  private let input: RawInput
  private let decoder: any StreamDecoder
  private let conversion: ConvertingDecoder?
  private var failure: CorpusError?
  var path: BytePath { input.path }
  /// The number of decoded bytes delivered so far.
  public private(set) var decodedByteCount: UInt64 = 0

  /// The encoding of what is converted to UTF-8, once some of it was read; nil without conversion.
  var encoding: TextEncoding? { conversion?.encoding }

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - compression: How it is packed.
  ///   - encoding: The encoding of text without a byte order mark, to convert it to UTF-8; nil: the
  ///     bytes are delivered as they are.
  /// - Throws: `cannotOpen` or `outOfMemory`.
  public convenience init(
    path: BytePath, compression: Compression, convertingFrom encoding: TextEncoding? = nil
  ) throws(CorpusError) {
    try self.init(
      try OpenFile(reading: path), compression: compression, convertingFrom: encoding)
  }

  /// Reads an open descriptor, which stays open; messages call the input `path`.
  ///
  /// - Throws: `outOfMemory`.
  public convenience init(
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
    _ input: RawInput, compression: Compression, convertingFrom encoding: TextEncoding? = nil
  ) throws(CorpusError) {
    self.input = input
    let unpacker: any StreamDecoder
    switch compression {
    case .none: unpacker = PlainDecoder()
    case .gzip: unpacker = try GzipDecoder(path: input.path)
    case .zstd: unpacker = try ZstdDecoder(path: input.path)
    }
    conversion = encoding.map { ConvertingDecoder(unpacker, otherwise: $0) }
    decoder = conversion ?? unpacker
  }

  /// Fills a buffer with the next decoded bytes.
  ///
  /// - Returns: The number of bytes; less than the buffer takes only at the end or before a
  ///   failure, 0 at the end.
  /// - Throws: `cannotRead`, `truncated`, `corrupt`, `notCompressed` or `trailingGarbage`, with the
  ///   number of bytes decoded so far as the place; again on every later call.
  public func read(into target: UnsafeMutableRawBufferPointer) throws(CorpusError) -> Int {
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

  /// Reads the rest of the raw bytes, decoded or not, and gives the checksum of all of them.
  ///
  /// - Throws: `cannotRead`.
  public func finishChecksum() throws(CorpusError) -> FileChecksum {
    try input.finishChecksum()
  }
}
