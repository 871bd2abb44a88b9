/// Copies a file whose encoding is not UTF-8.
///
/// The removed ranges are given in bytes of its UTF-8, and the kept content is copied in the
/// encoding of the file.
struct ConvertedCopy {
  let input: InputEntry

  private static let pieceByteCount = 64 << 10
  /// Output sizes that are tried to convert a single character, however short it is.
  private static let characterByteCounts = [1, 2, 3, 4, 8]

  /// Counts bytes without storing them.
  private final class Counter: ByteSink {
    var count = 0

    func write(_ bytes: UnsafeRawBufferPointer) { count += bytes.count }
  }

  /// Copies a file from a stream that delivers its bytes without conversion.
  ///
  /// - Returns: the damage of the compressed data, if any.
  /// - Throws: `cannotClean` if the encoding is contextual and only a part is removed, so that a cut
  ///   would change the following text; `invalidResults` if a range ends inside a character; errors of reading and
  ///   writing.
  func run(
    _ stream: DecodedStream, _ cutter: inout RangeCutter<DropRanges>, _ output: EncodedStream,
    progress: (Int) throws(CorpusError) -> Void
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
      try progress(cutter.position)
    }
    return damage
  }

  /// Checks that a text is either kept or removed as a whole, as far as it is known.
  ///
  /// - Throws: `cannotClean`.
  private func checkIsWhole(
    _ cutter: inout RangeCutter<DropRanges>, _ fate: Int?
  ) throws(CorpusError) {
    let isWhole =
      try cutter.isRemoving()
      ? cutter.cutByteCount == cutter.position : fate == .max && cutter.cutByteCount == 0
    guard !isWhole else { return }
    throw CorpusError(.cannotClean, "text in \(input.encoding) cannot be cut", path: input.source)
  }

  /// Copies as many whole characters as are available.
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
      if input.encoding.isContextual { try checkIsWhole(&cutter, fate) }
      let bytes = unsafe UnsafeRawBufferPointer(raw.bytes)
      var (consumed, produced) = (0, 0)
      for limit in fate.map({ [$0] }) ?? Self.characterByteCounts where consumed == 0 {
        let target = unsafe UnsafeMutableRawBufferPointer(rebasing: room.prefix(limit))
        // In bounds: the decoder gets both sizes.
        (consumed, produced) = unsafe decoder.decode(bytes, isLast: isLast, into: target)
      }
      guard consumed > 0 else {
        // The rest of a character follows, or the range ends inside a character.
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
