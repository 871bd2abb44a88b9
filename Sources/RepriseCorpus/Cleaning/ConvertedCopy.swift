/// The copy of a file in another encoding than UTF-8: what is left out is known in bytes of its
/// UTF-8, and what is kept stays as the file has it.
struct ConvertedCopy {
  let input: InputEntry

  private static let pieceByteCount = 64 << 10
  /// Room that takes one character of any encoding, however short it is.
  private static let characterByteCounts = [1, 2, 3, 4, 8]

  /// Counts bytes and forgets them.
  private final class Counter: ByteSink {
    var count = 0

    func write(_ bytes: UnsafeRawBufferPointer) { count += bytes.count }
  }

  /// Copies a file, of which the stream delivers the bytes without conversion.
  ///
  /// - Returns: How the compressed data is damaged, if it is.
  /// - Throws: `cannotClean` if something is cut of an encoding in which what follows would change;
  ///   `invalidResults` if a range ends inside a character; what reading and writing throws.
  func run(
    _ stream: DecodedStream, _ cutter: inout RangeCutter<DropRanges>, _ output: EncodedStream,
    progress: (Int) -> Void
  ) throws(CorpusError) -> CorpusError? {
    guard let decoder = try input.encoding.makeDecoder() else { return nil }
    var raw = PaddedBytes()
    var damage: CorpusError?
    var isAtEnd = false
    while !isAtEnd || raw.count > 0 {
      if !isAtEnd {
        let free = unsafe raw.reserve(Self.pieceByteCount)
        do throws(CorpusError) {
          let count = unsafe try stream.read(into: free)
          raw.commit(count)
          isAtEnd = count == 0
        } catch {
          guard error.isDamage else { throw error }
          damage = error
          isAtEnd = true
        }
      }
      try copy(&raw, isLast: isAtEnd, decoder, &cutter, output)
      progress(cutter.position)
    }
    return damage
  }

  /// Copies as many whole characters as there are.
  private func copy(
    _ raw: inout PaddedBytes, isLast: Bool, _ decoder: any TextDecoder,
    _ cutter: inout RangeCutter<DropRanges>, _ output: EncodedStream
  ) throws(CorpusError) {
    let room = UnsafeMutableRawBufferPointer.allocate(
      byteCount: TextEncoding.roomByteCount(for: Self.pieceByteCount), alignment: 16)
    defer { unsafe room.deallocate() }
    let counter = Counter()
    while raw.count > 0 {
      let fate = try cutter.byteCountOfOneFate()
      if fate != .max, input.encoding.isContextual {
        throw CorpusError(
          .cannotClean, "text in \(input.encoding) cannot be cut", path: input.source)
      }
      let bytes = unsafe UnsafeRawBufferPointer(raw.bytes)
      var (consumed, produced) = (0, 0)
      for limit in fate.map({ [$0] }) ?? Self.characterByteCounts where consumed == 0 {
        let target = unsafe UnsafeMutableRawBufferPointer(rebasing: room.prefix(limit))
        (consumed, produced) = unsafe decoder.decode(bytes, isLast: isLast, into: target)
      }
      guard consumed > 0 else {
        // The rest of a character follows, or the range ends inside of one.
        if !isLast, raw.count < Self.pieceByteCount { return }
        throw CorpusError(
          .invalidResults, "the manifest cuts within a character of the file", path: input.source,
          byte: UInt64(cutter.position))
      }
      counter.count = 0
      unsafe try cutter.feed(UnsafeRawBufferPointer(rebasing: room[..<produced]), to: counter)
      if counter.count == produced {
        unsafe try output.write(UnsafeRawBufferPointer(rebasing: bytes[..<consumed]))
      }
      raw.removeFirst(consumed)
    }
  }
}
