import CZstd

/// Decompresses zstd data with any number of frames, including skippable ones, using libzstd.
@safe final class ZstdDecoder: StreamDecoder {
  private let context: OpaquePointer
  private var frameCount = 0
  private var isInsideFrame = false
  private var isAtEnd = false

  /// Creates a decoder.
  /// - Parameters:
  ///   - path: the path for an error.
  ///   - windowLogLimit: the base-two logarithm of the largest window that a frame may request. 31
  ///     accepts everything that the `zstd` tool can write; memory is allocated only if a frame
  ///     requests it.
  /// - Throws: `outOfMemory`.
  init(path: BytePath, windowLogLimit: Int32 = 31) throws(CorpusError) {
    guard let context = unsafe ZSTD_createDCtx() else { throw .outOfMemory(path) }
    unsafe self.context = context
    unsafe ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, windowLogLimit)
  }

  deinit { unsafe _ = ZSTD_freeDCtx(context) }

  func decode(
    from input: RawInput, into target: UnsafeMutableRawBufferPointer
  ) throws(CorpusError) -> Int {
    while !isAtEnd {
      if !isInsideFrame, try !beginFrame(input) { break }
      let produced = unsafe try decompressOnce(from: input, into: target)
      if produced > 0 { return produced }
    }
    return 0
  }

  private func beginFrame(_ input: RawInput) throws(CorpusError) -> Bool {
    let boundary = unsafe try PartBoundary.find(
      in: input, format: "zstd", isFirst: frameCount == 0, headerByteCount: 4
    ) { unsafe Self.startsFrame($0) }
    guard boundary == .part else {
      isAtEnd = true
      return false
    }
    frameCount += 1
    isInsideFrame = true
    return true
  }

  /// Returns whether bytes are the first four of a frame, or fewer of them.
  static func startsFrame(_ header: UnsafeRawBufferPointer) -> Bool {
    guard let first = unsafe header.first else { return false }
    let isSkippable = first & 0xF0 == 0x50
    let magic: [UInt8] = isSkippable ? [first, 0x2A, 0x4D, 0x18] : [0x28, 0xB5, 0x2F, 0xFD]
    return unsafe magic.starts(with: header.prefix(4))
  }

  private func decompressOnce(
    from input: RawInput, into target: UnsafeMutableRawBufferPointer
  ) throws(CorpusError) -> Int {
    try input.require(1)
    let bytes = unsafe input.bytes
    // In bounds: libzstd gets both sizes.
    var source = unsafe ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
    var output = unsafe ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
    let result = unsafe ZSTD_decompressStream(context, &output, &source)
    let produced = unsafe output.pos
    unsafe input.consume(source.pos)
    if ZSTD_isError(result) != 0 {
      if produced > 0 { return produced }
      if ZSTD_getErrorCode(result) == ZSTD_error_memory_allocation {
        throw .outOfMemory(input.path)
      }
      let message = unsafe String(cString: ZSTD_getErrorName(result))
      throw CorpusError(.corrupt, "the zstd data is damaged (\(message))", path: input.path)
    }
    if result == 0 { isInsideFrame = false }
    if result != 0, produced == 0, bytes.count == 0, input.isAtEnd {
      throw CorpusError(.truncated, "the zstd data ends early", path: input.path)
    }
    return produced
  }
}
