import CBrotli
import CLZ4
import CSnappy
import CZlib
import CZstd

/// Decompresses pages.
///
/// Not thread-safe.
@safe
final class ParquetCodec {
  private var zstd: OpaquePointer?

  deinit { unsafe _ = ZSTD_freeDCtx(zstd) }

  /// Checks that a codec is read.
  ///
  /// - Throws: a refusal that names it.
  static func check(_ codec: Int) throws(ParquetFault) {
    switch codec {
    case 0, 1, 2, 4, 6, 7: return
    case 3: throw .refused("it is compressed by LZO, which is not read")
    case 5: throw .refused("it is compressed by Hadoop's form of LZ4, which is not read")
    default: throw .refused("it is compressed by a codec of number \(codec), which is not read")
    }
  }

  /// The highest ratio of decompressed to compressed bytes that a codec can reach; nil without limit.
  private static func highestRatio(_ codec: Int) -> Int? {
    switch codec {
    case 1: 64
    case 2: 1_100
    case 7: 256
    default: nil
    }
  }

  /// Checks a size that a page states, before memory is taken for it.
  static func isPossible(_ codec: Int, stored: Int, page: Int) -> Bool {
    if codec == 0 { return stored == page }
    guard let ratio = highestRatio(codec) else { return true }
    return page <= (stored + 16) * ratio
  }

  /// Decompresses a page.
  ///
  /// - Parameters:
  ///   - codec: the number of a codec that ``check(_:)`` accepted.
  ///   - source: the page as stored.
  ///   - target: memory of the size of the decompressed page.
  /// - Throws: a fault if the page is damaged or has another size.
  func decompress(
    _ codec: Int, _ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer
  ) throws(ParquetFault) {
    let isComplete: Bool
    // In bounds: every library gets both sizes.
    switch codec {
    case 0:
      isComplete = source.count == target.count
      if isComplete { unsafe target.copyMemory(from: source) }
    case 1: isComplete = unsafe Self.snappy(source, target)
    case 2: isComplete = unsafe Self.gzip(source, target)
    case 4: isComplete = unsafe Self.brotli(source, target)
    case 6: isComplete = unsafe try zstandard(source, target)
    default: isComplete = unsafe Self.lz4(source, target)
    }
    guard isComplete else { throw .damaged("the compressed data is damaged") }
  }

  private static func snappy(
    _ source: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer
  ) -> Bool {
    let input = unsafe source.baseAddress?.assumingMemoryBound(to: CChar.self)
    var count = 0
    guard unsafe snappy_uncompressed_length(input, source.count, &count) == SNAPPY_OK,
      count == target.count
    else { return false }
    let output = unsafe target.baseAddress?.assumingMemoryBound(to: CChar.self)
    return unsafe snappy_uncompress(input, source.count, output, &count) == SNAPPY_OK
      && count == target.count
  }

  private static func lz4(
    _ source: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer
  ) -> Bool {
    let count = unsafe LZ4_decompress_safe(
      source.baseAddress?.assumingMemoryBound(to: CChar.self),
      target.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(source.count),
      Int32(target.count))
    return count == target.count
  }

  private static func brotli(
    _ source: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer
  ) -> Bool {
    var count = target.count
    let result = unsafe BrotliDecoderDecompress(
      source.count, source.baseAddress?.assumingMemoryBound(to: UInt8.self), &count,
      target.baseAddress?.assumingMemoryBound(to: UInt8.self))
    return result == BROTLI_DECODER_RESULT_SUCCESS && count == target.count
  }

  private func zstandard(
    _ source: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer
  ) throws(ParquetFault) -> Bool {
    if unsafe zstd == nil { unsafe zstd = ZSTD_createDCtx() }
    let count = unsafe ZSTD_decompressDCtx(
      zstd, target.baseAddress, target.count, source.baseAddress, source.count)
    return ZSTD_isError(count) == 0 && count == target.count
  }

  /// Decompresses one or several members of gzip or zlib.
  private static func gzip(
    _ source: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer
  ) -> Bool {
    var stream = unsafe z_stream()
    // 32: the header says whether it is gzip or zlib.
    let isReady = unsafe inflateInit2_(
      &stream, MAX_WBITS + 32, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard isReady == Z_OK else { return false }
    defer { unsafe _ = inflateEnd(&stream) }
    unsafe stream.next_in = UnsafeMutablePointer(
      mutating: source.baseAddress?.assumingMemoryBound(to: UInt8.self))
    unsafe stream.avail_in = UInt32(source.count)
    unsafe stream.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
    unsafe stream.avail_out = UInt32(target.count)
    while true {
      let result = unsafe inflate(&stream, Z_FINISH)
      guard result == Z_STREAM_END else { return false }
      if unsafe stream.avail_in == 0 { return unsafe stream.avail_out == 0 }
      guard unsafe inflateReset(&stream) == Z_OK else { return false }
    }
  }
}
