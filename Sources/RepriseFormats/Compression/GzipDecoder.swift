import CZlib

/// Decompresses gzip data with any number of members, using zlib.
@safe final class GzipDecoder: StreamDecoder {
  // zlib stores a pointer back to this structure, so its address must not change.
  private let stream: UnsafeMutablePointer<z_stream>
  private var memberCount = 0
  private var isInsideMember = false
  private var isAtEnd = false

  /// Creates a decoder.
  /// - Parameters:
  ///   - path: the path for an error.
  ///   - windowBits: the base-two logarithm of the window size, plus 16 to accept only gzip headers
  ///     and trailers.
  /// - Throws: `outOfMemory`.
  init(path: BytePath, windowBits: Int32 = MAX_WBITS + 16) throws(CorpusError) {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let result = unsafe inflateInit2_(
      stream, windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard result == Z_OK else { throw .outOfMemory(path) }
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  func decode(
    from input: RawInput, into target: UnsafeMutableRawBufferPointer
  ) throws(CorpusError) -> Int {
    while !isAtEnd {
      if !isInsideMember, try !beginMember(input) { break }
      let produced = unsafe try inflateOnce(from: input, into: target)
      if produced > 0 { return produced }
    }
    return 0
  }

  private func beginMember(_ input: RawInput) throws(CorpusError) -> Bool {
    let boundary = unsafe try PartBoundary.find(
      in: input, format: "gzip", isFirst: memberCount == 0, headerByteCount: 2
    ) { header in
      unsafe header.starts(with: [0x1F, 0x8B]) || (header.count == 1 && header[0] == 0x1F)
    }
    guard boundary == .part else {
      isAtEnd = true
      return false
    }
    if memberCount > 0 { unsafe inflateReset(stream) }
    memberCount += 1
    isInsideMember = true
    return true
  }

  private func inflateOnce(
    from input: RawInput, into target: UnsafeMutableRawBufferPointer
  ) throws(CorpusError) -> Int {
    try input.require(1)
    let source = unsafe input.bytes
    let room = min(target.count, Int(UInt32.max))
    // In bounds: zlib gets both sizes, and does not write through its input pointer.
    unsafe stream.pointee.next_in = UnsafeMutablePointer(
      mutating: source.baseAddress?.assumingMemoryBound(to: UInt8.self))
    unsafe stream.pointee.avail_in = UInt32(source.count)
    unsafe stream.pointee.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
    unsafe stream.pointee.avail_out = UInt32(room)
    let result = unsafe inflate(stream, Z_NO_FLUSH)
    unsafe input.consume(source.count - Int(stream.pointee.avail_in))
    let produced = unsafe room - Int(stream.pointee.avail_out)
    switch result {
    case Z_STREAM_END: isInsideMember = false
    case Z_OK, Z_BUF_ERROR:
      if produced == 0, source.count == 0, input.isAtEnd {
        throw CorpusError(.truncated, "the gzip data ends early", path: input.path)
      }
    default:
      // Data decoded before the damage is returned first; zlib repeats the error on the next call.
      if produced == 0 {
        throw result == Z_MEM_ERROR ? .outOfMemory(input.path) : corruption(input.path)
      }
    }
    return produced
  }

  private func corruption(_ path: BytePath) -> CorpusError {
    let message = unsafe stream.pointee.msg.map { unsafe String(cString: $0) } ?? "bad data"
    return CorpusError(.corrupt, "the gzip data is damaged (\(message))", path: path)
  }
}
