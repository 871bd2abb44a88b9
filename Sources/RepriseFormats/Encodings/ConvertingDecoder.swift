/// Decompresses data and converts its text to UTF-8.
///
/// A byte order mark at the start overrides the given encoding, and so does the encoding that is
/// detected if that is asked for.
@safe final class ConvertingDecoder: StreamDecoder {
  private let packed: any StreamDecoder
  private let otherwise: TextEncoding
  private let detects: Bool
  /// An error of decompressing the bytes by which the encoding is detected, thrown after them.
  private var failure: CorpusError?
  private var converter: (any TextDecoder)?
  private var isAtEnd = false
  /// Decompressed bytes that were not yet converted or returned.
  private var raw = PaddedBytes()
  /// Converted bytes; those before `handedOn` were returned.
  private var converted = PaddedBytes()
  private var handedOn = 0
  /// The encoding of the data, known after the first read.
  private(set) var encoding: TextEncoding?

  private static let bufferByteCount = 64 << 10

  /// Converts the output of `packed`; `otherwise` is the encoding of data without a mark, unless
  /// another one is detected.
  init(_ packed: any StreamDecoder, otherwise: TextEncoding, detects: Bool) {
    self.packed = packed
    self.otherwise = otherwise
    self.detects = detects
  }

  func decode(
    from input: RawInput, into target: UnsafeMutableRawBufferPointer
  ) throws(CorpusError) -> Int {
    if encoding == nil { try detect(input) }
    if converter == nil {
      if handedOn < raw.count { return unsafe handOn(raw.bytes, target) }
      if let failure { throw failure }
      return unsafe try packed.decode(from: input, into: target)
    }
    while handedOn == converted.count {
      if raw.count == 0 && isAtEnd { return 0 }
      try convert(input)
    }
    return unsafe handOn(converted.bytes, target)
  }

  private func handOn(
    _ bytes: UnsafeMutableRawBufferPointer, _ target: UnsafeMutableRawBufferPointer
  ) -> Int {
    // In bounds: `handedOn <= bytes.count`, and the count is limited by both buffers.
    let count = min(bytes.count - handedOn, target.count)
    let moved = unsafe UnsafeRawBufferPointer(rebasing: bytes[handedOn..<handedOn + count])
    unsafe target.copyMemory(from: moved)
    handedOn += count
    return count
  }

  private func detect(_ input: RawInput) throws(CorpusError) {
    try fill(input, ByteOrderMark.searchedByteCount)
    var found = unsafe TextEncoding.marked(UnsafeRawBufferPointer(raw.bytes))
    if found == nil, detects {
      do throws(CorpusError) {
        try fill(input, EncodingDetector.searchedByteCount + 1)
      } catch {
        failure = error
      }
      found = unsafe EncodingDetector.find(
        UnsafeRawBufferPointer(raw.bytes), isWhole: isAtEnd || failure != nil)
    }
    converter = try (found ?? otherwise).makeDecoder()
    encoding = found ?? otherwise
  }

  /// Decompresses until there are as many bytes, or no more.
  private func fill(_ input: RawInput, _ count: Int) throws(CorpusError) {
    while raw.count < count, !isAtEnd { try unpack(input) }
  }

  private func unpack(_ input: RawInput) throws(CorpusError) {
    let free = unsafe raw.reserve(Self.bufferByteCount)
    let count = unsafe try packed.decode(from: input, into: free)
    raw.commit(count)
    isAtEnd = count == 0
  }

  private func convert(_ input: RawInput) throws(CorpusError) {
    if !isAtEnd, failure == nil { try unpack(input) }
    converted.truncate(to: 0)
    handedOn = 0
    let room = unsafe converted.reserve(TextEncoding.roomByteCount(for: raw.count))
    let (consumed, produced) =
      unsafe converter?.decode(UnsafeRawBufferPointer(raw.bytes), isLast: isAtEnd, into: room)
      ?? (0, 0)
    converted.commit(produced)
    raw.removeFirst(consumed)
    if consumed == 0, let failure { throw failure }
  }
}
