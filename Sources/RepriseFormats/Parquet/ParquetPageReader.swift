import CZlib

/// Reads and decompresses pages of a file.
///
/// Not thread-safe.
@safe
final class ParquetPageReader {
  /// A decompressed page: ranges of the buffer into which it was read.
  struct LoadedPage {
    let header: ParquetPageHeader
    var repetition = 0..<0
    var definition = 0..<0
    var values = 0..<0
  }

  private let file: SharedFile
  /// The size of the file in bytes.
  let byteCount: Int
  private let codec = ParquetCodec()
  private var stored = PaddedBytes()
  private var counted = PaddedBytes()
  private var numbers: [UInt32] = []
  /// Bytes around the header that was read last.
  private var window = (offset: 0, bytes: [UInt8]())

  /// The first guess of the size of a header.
  private static let headerByteCount = 512
  /// The number of bytes that are read for headers.
  private static let windowByteCount = 4 << 10
  /// The largest header.
  private static let largestHeader = 16 << 20
  /// Memory above this number of bytes is released after each page.
  private static let retainedByteCount = 4 << 20
  /// The most bytes of pages in one buffer.
  private static let limit = 1 << 31
  /// The most values on a page.
  static let valueLimit = 1 << 26
  /// The fault of a page with more values.
  static let tooManyValues = ParquetFault.refused(
    "it has a page of more than \(valueLimit) values, which is not read")

  /// Creates a reader of a file.
  init(_ file: SharedFile, byteCount: Int) {
    self.file = file
    self.byteCount = byteCount
  }

  /// Reads the header at an offset.
  func header(at offset: Int, end: Int) throws(ParquetFault) -> ParquetPageHeader {
    var wanted = Self.headerByteCount
    while true {
      let count = min(wanted, end - offset)
      let skipped = offset - window.offset
      if skipped < 0 || skipped + count > window.bytes.count {
        let size = min(max(wanted, Self.windowByteCount), byteCount - offset)
        window = (offset, try bytes(at: offset, count: size))
      }
      let start = offset - window.offset
      let found: Result<ParquetPageHeader, ParquetFault>? = unsafe window.bytes.withUnsafeBytes {
        // In bounds: the window was filled for `count` bytes from the offset.
        var reader = unsafe ThriftReader(
          UnsafeRawBufferPointer(rebasing: $0[start..<start + count]))
        do throws(ParquetFault) {
          return .success(try ParquetPageHeader(&reader))
        } catch {
          let isPossible = count < end - offset && count < Self.largestHeader
          return reader.ranOut && isPossible ? nil : .failure(error)
        }
      }
      if let found { return try found.get() }
      wanted *= 8
    }
  }

  /// Reads bytes of the file.
  func bytes(at offset: Int, count: Int) throws(ParquetFault) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    unsafe try bytes.withUnsafeMutableBufferPointer { target throws(ParquetFault) in
      unsafe try fill(UnsafeMutableRawBufferPointer(target), at: offset)
    }
    return bytes
  }

  /// Fills a buffer with bytes of the file.
  func fill(_ target: UnsafeMutableRawBufferPointer, at offset: Int) throws(ParquetFault) {
    do throws(CorpusError) {
      unsafe try file.fill(target, at: offset)
    } catch {
      throw ParquetFault(reason: error.reason, detail: error.detail)
    }
  }

  /// Reads a page and appends it, decompressed, to a buffer.
  ///
  /// - Throws: a fault; the buffer is then unchanged.
  func load(
    _ page: ParquetPages.Page, _ chunk: ParquetColumnChunk, _ leaf: ParquetLeaf,
    into target: inout PaddedBytes
  ) throws(ParquetFault) -> LoadedPage {
    stored.reset(keeping: Self.retainedByteCount)
    // In bounds: `reserve` returns at least `byteCount` bytes.
    let free = unsafe stored.reserve(page.byteCount)
    unsafe try fill(
      UnsafeMutableRawBufferPointer(rebasing: free[..<page.byteCount]), at: page.offset)
    stored.commit(page.byteCount)
    let all = unsafe UnsafeRawBufferPointer(stored.bytes)
    var reader = unsafe ThriftReader(all)
    let header = try ParquetPageHeader(&reader)
    guard header.byteCount + header.storedByteCount == page.byteCount else {
      throw .damaged("the file changed while it was read")
    }
    guard header.valueCount <= Self.valueLimit else { throw Self.tooManyValues }
    let body = unsafe UnsafeRawBufferPointer(rebasing: all[header.byteCount...])
    unsafe try check(body, header)
    guard target.count + header.pageByteCount < Self.limit else {
      throw .refused("it has pages of more than 2 GiB for one range of rows, which are not read")
    }
    let start = target.count
    do throws(ParquetFault) {
      return unsafe try unpack(body, header, chunk.codec, leaf, &target)
    } catch {
      target.truncate(to: start)
      throw error
    }
  }

  private func check(
    _ body: UnsafeRawBufferPointer, _ header: ParquetPageHeader
  ) throws(ParquetFault) {
    guard let stated = header.checksum else { return }
    guard unsafe Self.checksum(body) == stated else { throw .damaged("its checksum is wrong") }
  }

  /// Returns the CRC-32 of a page as stored.
  static func checksum(_ body: UnsafeRawBufferPointer) -> UInt32 {
    // In bounds: zlib gets the size. Without bytes it would return the value to begin with.
    let start = unsafe body.baseAddress?.assumingMemoryBound(to: UInt8.self)
    guard body.count > 0 else { return 0 }
    let found = unsafe crc32_z(crc32_z(0, nil, 0), start, body.count)
    return UInt32(truncatingIfNeeded: found)
  }

  private func unpack(
    _ body: UnsafeRawBufferPointer, _ header: ParquetPageHeader, _ codec: Int,
    _ leaf: ParquetLeaf, _ target: inout PaddedBytes
  ) throws(ParquetFault) -> LoadedPage {
    var page = LoadedPage(header: header)
    let start = target.count
    if header.kind == .dataV2 {
      let (repetition, definition) = (
        header.levelByteCounts.repetition, header.levelByteCounts.definition
      )
      let levels = repetition + definition
      unsafe target.append(UnsafeRawBufferPointer(rebasing: body[..<levels]))
      unsafe try decompress(
        UnsafeRawBufferPointer(rebasing: body[levels...]), header.isCompressed ? codec : 0,
        header.pageByteCount - levels, &target)
      page.repetition = start..<start + repetition
      page.definition = page.repetition.upperBound..<start + levels
      page.values = start + levels..<target.count
      return page
    }
    unsafe try decompress(body, codec, header.pageByteCount, &target)
    page.values = start..<target.count
    guard header.kind == .data else { return page }
    let encodings = header.levelEncodings
    if leaf.repetitionLevel > 0 {
      page.repetition = try takeLevels(encodings.repetition, &page.values, target)
    }
    if leaf.definitionLevel > 0 {
      page.definition = try takeLevels(encodings.definition, &page.values, target)
    }
    return page
  }

  private func takeLevels(
    _ encoding: Int, _ values: inout Range<Int>, _ target: borrowing PaddedBytes
  ) throws(ParquetFault) -> Range<Int> {
    guard encoding == ParquetPageHeader.runs else {
      throw encoding == 4
        ? .refused("it has levels in the old encoding BIT_PACKED, which is not read")
        : .damaged("its levels have an unknown encoding")
    }
    guard values.count >= 4 else { throw .damaged("a page ends within its levels") }
    // In bounds: by the guard.
    let count = unsafe Int(
      UnsafeRawBufferPointer(target.bytes).loadUnaligned(
        fromByteOffset: values.lowerBound, as: UInt32.self
      ).littleEndian)
    let start = values.lowerBound + 4
    guard count <= values.upperBound - start else {
      throw .damaged("a page ends within its levels")
    }
    values = start + count..<values.upperBound
    return start..<start + count
  }

  private func decompress(
    _ body: UnsafeRawBufferPointer, _ codec: Int, _ byteCount: Int, _ target: inout PaddedBytes
  ) throws(ParquetFault) {
    if byteCount == 0 { return }
    guard ParquetCodec.isPossible(codec, stored: body.count, page: byteCount) else {
      throw .damaged("a page states a size that is not possible")
    }
    // In bounds: `reserve` returns at least `byteCount` bytes.
    let free = unsafe target.reserve(byteCount)
    unsafe try self.codec.decompress(
      codec, body, into: UnsafeMutableRawBufferPointer(rebasing: free[..<byteCount]))
    target.commit(byteCount)
  }

  /// Counts the rows that begin on a page of a list.
  func rowCount(
    of page: ParquetPages.Page, _ chunk: ParquetColumnChunk, _ leaf: ParquetLeaf
  ) throws(ParquetFault) -> Int {
    counted.reset(keeping: Self.retainedByteCount)
    let loaded = try load(page, chunk, leaf, into: &counted)
    let levels = unsafe UnsafeRawBufferPointer(rebasing: counted.bytes[loaded.repetition])
    var reader = unsafe try ParquetLevels(
      levels, width: ParquetLevels.width(upTo: leaf.repetitionLevel))
    var (count, left) = (0, loaded.header.valueCount)
    while left > 0 {
      let taken = min(left, ParquetColumnReader.levelBatch)
      try reader.read(taken, into: &numbers)
      count += numbers.count { $0 == 0 }
      left -= taken
    }
    return count
  }
}
