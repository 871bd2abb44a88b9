/// What a few bytes of a file say of its lines.
package struct LineSample: Hashable, Sendable {
  /// Bytes that were looked at, decoded.
  package var byteCount: Int
  /// Line feeds among them; in a table, those outside of quotes.
  package var lineFeedCount: Int
}

extension InputFile {
  private static let sampleByteCount = 64 << 10

  /// Counts the lines in some bytes of the file: those at an offset, or the first of a compressed
  /// file and of a table, in which only they show what is in quotes.
  ///
  /// - Parameter offset: a byte of the file.
  /// - Returns: what was found; nil for a pipe and what cannot be read.
  package func lineSample(at offset: UInt64) -> LineSample? {
    guard !isPipe else { return nil }
    var bytes = PaddedBytes(capacity: Self.sampleByteCount)
    let free = unsafe bytes.reserve(Self.sampleByteCount)
    let target = unsafe UnsafeMutableRawBufferPointer(rebasing: free[..<Self.sampleByteCount])
    let place = format.isTable ? 0 : offset
    guard let count = unsafe try? readSample(into: target, at: place) else { return nil }
    let read = unsafe UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(target)[..<count])
    let lineFeedCount =
      unsafe format.isTable
      ? Self.rowEndCount(read) : BoundaryFinder.lineFeedCount(read)
    return LineSample(byteCount: count, lineFeedCount: lineFeedCount)
  }

  private static func rowEndCount(_ bytes: UnsafeRawBufferPointer) -> Int {
    var (count, isQuoted) = (0, false)
    for place in 0..<bytes.count {
      // In bounds: by the range.
      let byte = unsafe bytes[place]
      if byte == RowScanner.quote { isQuoted.toggle() }
      if byte == 0x0A, !isQuoted { count += 1 }
    }
    return count
  }

  private func readSample(
    into target: UnsafeMutableRawBufferPointer, at offset: UInt64
  ) throws(CorpusError) -> Int {
    guard compression == .none else {
      return unsafe try DecodedStream(try open(), compression: compression).read(into: target)
    }
    let file = try open()
    return unsafe try file.read(into: target, at: offset)
  }
}
