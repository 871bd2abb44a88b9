import CBrotli
import CLZ4
import CSnappy
import CZlib
import CZstd

/// Compresses pages with the codecs that ``ParquetCodec`` decompresses.
///
/// Equal pages give equal bytes. Not thread-safe.
@safe
final class ParquetCompressor {
  private var zstd: OpaquePointer?
  private let path: BytePath

  private static let zstdLevel: Int32 = 3
  private static let brotliQuality: Int32 = 5

  /// Creates a compressor; errors name `path`.
  init(path: BytePath) { self.path = path }

  deinit { unsafe _ = ZSTD_freeCCtx(zstd) }

  /// Compresses a page.
  ///
  /// - Parameters:
  ///   - bytes: the page, of less than 2^31 - 1 bytes.
  ///   - codec: the number of a codec that ``ParquetCodec/check(_:)`` accepted.
  /// - Returns: the compressed page.
  /// - Throws: `outOfMemory`, or `cannotClean` if the codec cannot compress as many bytes.
  func compress(_ bytes: [UInt8], codec: Int) throws(CorpusError) -> [UInt8] {
    if codec == 0 { return bytes }
    if codec == 2 { return try gzip(bytes) }
    let limit =
      switch codec {
      case 1: snappy_max_compressed_length(bytes.count)
      case 4: BrotliEncoderMaxCompressedSize(bytes.count)
      case 6: ZSTD_compressBound(bytes.count)
      default: Int(LZ4_compressBound(Int32(clamping: bytes.count)))
      }
    guard limit > 0, limit <= Int(Int32.max) else { throw tooLarge }
    if codec == 6, unsafe zstd == nil { unsafe zstd = ZSTD_createCCtx() }
    var failed = false
    let packed = unsafe [UInt8](unsafeUninitializedCapacity: limit) { target, count in
      count = unsafe bytes.withUnsafeBytes { unsafe pack($0, codec, into: target) }
      failed = count == 0
    }
    if failed { throw .outOfMemory(path) }
    return packed
  }

  private var tooLarge: CorpusError {
    CorpusError(.cannotClean, "a page would be too large to be compressed", path: path)
  }

  /// Returns the number of bytes that were written; 0 after a failure.
  private func pack(
    _ source: UnsafeRawBufferPointer, _ codec: Int, into target: UnsafeMutableBufferPointer<UInt8>
  ) -> Int {
    var count = target.count
    // In bounds: every library gets both sizes.
    switch codec {
    case 1:
      let status = unsafe snappy_compress(
        source.baseAddress?.assumingMemoryBound(to: CChar.self), source.count,
        UnsafeMutableRawPointer(target.baseAddress)?.assumingMemoryBound(to: CChar.self), &count)
      return status == SNAPPY_OK ? count : 0
    case 4:
      let isDone = unsafe BrotliEncoderCompress(
        Self.brotliQuality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_GENERIC, source.count,
        source.baseAddress?.assumingMemoryBound(to: UInt8.self), &count, target.baseAddress)
      return isDone != 0 ? count : 0
    case 6:
      count = unsafe ZSTD_compressCCtx(
        zstd, target.baseAddress, target.count, source.baseAddress, source.count, Self.zstdLevel)
      return ZSTD_isError(count) == 0 ? count : 0
    default:
      return Int(
        unsafe LZ4_compress_default(
          source.baseAddress?.assumingMemoryBound(to: CChar.self),
          UnsafeMutableRawPointer(target.baseAddress)?.assumingMemoryBound(to: CChar.self),
          Int32(source.count), Int32(target.count)))
    }
  }

  private func gzip(_ bytes: [UInt8]) throws(CorpusError) -> [UInt8] {
    var packed: [UInt8] = []
    let encoder = try GzipEncoder(path: path)
    try unsafe bytes.span.withUnsafeBytes { bytes throws(CorpusError) in
      unsafe try encoder.encode(bytes, isLast: true) { piece throws(CorpusError) in
        unsafe packed.append(contentsOf: piece)
      }
    }
    guard packed.count <= Int(Int32.max) else { throw tooLarge }
    return packed
  }
}
