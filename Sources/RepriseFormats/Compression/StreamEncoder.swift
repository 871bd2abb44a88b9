import CZlib
import CZstd

/// A compression format: consumes bytes, and passes compressed ones to a sink.
protocol StreamEncoder: AnyObject {
  /// Compresses all of the bytes; `isLast` is true in the last call.
  func encode(
    _ bytes: UnsafeRawBufferPointer, isLast: Bool,
    to sink: (UnsafeRawBufferPointer) throws(CorpusError) -> Void
  ) throws(CorpusError)
}

/// Passes bytes on unchanged.
final class PlainEncoder: StreamEncoder {
  func encode(
    _ bytes: UnsafeRawBufferPointer, isLast: Bool,
    to sink: (UnsafeRawBufferPointer) throws(CorpusError) -> Void
  ) throws(CorpusError) {
    unsafe try sink(bytes)
  }
}

/// Compresses into one gzip member of level 6.
///
/// It has no name and no time, so that equal input gives equal bytes.
@safe final class GzipEncoder: StreamEncoder {
  private let stream: UnsafeMutablePointer<z_stream>
  private let output = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 64)

  /// Creates an encoder.
  /// - Parameters:
  ///   - path: the path for an error.
  ///   - windowBits: the base-two logarithm of the window size, plus 16 for a gzip header and
  ///     trailer.
  /// - Throws: `outOfMemory`.
  init(path: BytePath, windowBits: Int32 = MAX_WBITS + 16) throws(CorpusError) {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let result = unsafe deflateInit2_(
      stream, 6, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    guard result == Z_OK else { throw .outOfMemory(path) }
  }

  deinit {
    unsafe deflateEnd(stream)
    unsafe stream.deallocate()
    unsafe output.deallocate()
  }

  func encode(
    _ bytes: UnsafeRawBufferPointer, isLast: Bool,
    to sink: (UnsafeRawBufferPointer) throws(CorpusError) -> Void
  ) throws(CorpusError) {
    precondition(bytes.count <= Int(UInt32.max))
    // In bounds: zlib gets both sizes, and does not write through its input pointer.
    unsafe stream.pointee.next_in = UnsafeMutablePointer(
      mutating: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
    unsafe stream.pointee.avail_in = UInt32(bytes.count)
    repeat {
      unsafe stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
      unsafe stream.pointee.avail_out = UInt32(output.count)
      unsafe deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
      let count = unsafe output.count - Int(stream.pointee.avail_out)
      unsafe try sink(UnsafeRawBufferPointer(rebasing: output[..<count]))
      // A full output buffer may mean that more is pending.
    } while unsafe stream.pointee.avail_out == 0
  }
}

/// Compresses into one zstd frame of level 3 with a checksum.
@safe final class ZstdEncoder: StreamEncoder {
  private let context: OpaquePointer
  private let path: BytePath
  private let output = UnsafeMutableRawBufferPointer.allocate(byteCount: 128 << 10, alignment: 64)

  /// Creates an encoder.
  /// - Parameter path: the path for an error.
  /// - Throws: `outOfMemory`.
  init(path: BytePath) throws(CorpusError) {
    guard let context = unsafe ZSTD_createCCtx() else { throw .outOfMemory(path) }
    unsafe self.context = context
    self.path = path
    unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, 3)
    unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
  }

  deinit {
    unsafe _ = ZSTD_freeCCtx(context)
    unsafe output.deallocate()
  }

  func encode(
    _ bytes: UnsafeRawBufferPointer, isLast: Bool,
    to sink: (UnsafeRawBufferPointer) throws(CorpusError) -> Void
  ) throws(CorpusError) {
    var source = unsafe ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
    var remaining = 0
    repeat {
      var packed = unsafe ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
      remaining = unsafe ZSTD_compressStream2(
        context, &packed, &source, isLast ? ZSTD_e_end : ZSTD_e_continue)
      // The parameters never change, so the only possible error is a lack of memory.
      if ZSTD_isError(remaining) != 0 { throw .outOfMemory(path) }
      unsafe try sink(UnsafeRawBufferPointer(rebasing: output[..<packed.pos]))
    } while unsafe isLast ? remaining != 0 : source.pos < source.size
  }
}
