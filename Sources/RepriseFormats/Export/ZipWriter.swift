import CZlib

/// Writes a ZIP file (PKWARE, *.ZIP File Format Specification* 6.3), entry by entry, without seeking.
///
/// Sizes and checksum follow each entry. The file has at most 4 GiB, and the dates are those of the
/// format's beginning, so equal entries give equal bytes.
final class ZipWriter {
  private struct Entry {
    var name: [UInt8]
    var offset: UInt32
    var checksum: UInt32 = 0
    var byteCount: UInt64 = 0
    var compressedByteCount: UInt64 = 0
  }

  private let path: BytePath
  private let stream: EncodedStream
  private var encoder: GzipEncoder?
  private var entries: [Entry] = []

  /// Creates a file, which must not exist yet.
  init(creating path: BytePath) throws(CorpusError) {
    self.path = path
    stream = try EncodedStream(creating: path, compression: .none)
  }

  /// Begins an entry.
  func begin(_ name: String) throws(CorpusError) {
    let entry = Entry(name: Array(name.utf8), offset: try size(stream.byteCount))
    var header = little(0x0403_4B50 as UInt32) + Self.method
    header += little(0 as UInt32) + little(0 as UInt32) + little(0 as UInt32)
    header += little(UInt16(entry.name.count)) + little(0 as UInt16) + entry.name
    try write(header)
    entries.append(entry)
    encoder = try GzipEncoder(path: path, windowBits: -MAX_WBITS)
  }

  /// Version 2.0, sizes after the data and names in UTF-8, deflate, 1980-01-01.
  private static let method: [UInt8] = [20, 0, 0x08, 0x08, 8, 0, 0, 0, 0x21, 0]

  /// Appends to the entry.
  func write(_ bytes: UnsafeRawBufferPointer) throws(CorpusError) {
    try unsafe encode(bytes, isLast: false)
  }

  private func encode(_ bytes: UnsafeRawBufferPointer, isLast: Bool) throws(CorpusError) {
    guard let encoder, let last = entries.indices.last else { return }
    entries[last].byteCount += UInt64(bytes.count)
    // In bounds: zlib gets the size.
    entries[last].checksum = unsafe UInt32(
      crc32_z(
        UInt(entries[last].checksum), bytes.baseAddress?.assumingMemoryBound(to: UInt8.self),
        bytes.count))
    let start = stream.byteCount
    try unsafe encoder.encode(bytes, isLast: isLast) { part throws(CorpusError) in
      unsafe try stream.write(part)
    }
    entries[last].compressedByteCount += stream.byteCount - start
  }

  /// Ends the entry.
  func end() throws(CorpusError) {
    let nothing: [UInt8] = [0]
    try unsafe nothing.span.bytes.withUnsafeBytes { bytes throws(CorpusError) in
      try unsafe encode(UnsafeRawBufferPointer(rebasing: bytes[..<0]), isLast: true)
    }
    encoder = nil
    guard let entry = entries.last else { return }
    try write(little(0x0807_4B50 as UInt32) + (try sizes(entry)))
  }

  /// Writes the directory and ends the file.
  func finish() throws(CorpusError) {
    let start = try size(stream.byteCount)
    for entry in entries {
      var record = little(0x0201_4B50 as UInt32) + [20, 0] + Self.method + (try sizes(entry))
      record += little(UInt16(entry.name.count)) + [UInt8](repeating: 0, count: 12)
      try write(record + little(entry.offset) + entry.name)
    }
    let end = try size(stream.byteCount)
    var record = little(0x0605_4B50 as UInt32) + little(0 as UInt32)
    record += little(UInt16(entries.count)) + little(UInt16(entries.count))
    try write(record + little(end - start) + little(start) + little(0 as UInt16))
    try stream.finish()
  }

  private func sizes(_ entry: Entry) throws(CorpusError) -> [UInt8] {
    little(entry.checksum) + little(try size(entry.compressedByteCount))
      + little(try size(entry.byteCount))
  }

  /// A size or an offset.
  ///
  /// - Throws: `cannotWrite` for one that does not fit.
  private func size(_ value: UInt64) throws(CorpusError) -> UInt32 {
    guard value < UInt32.max else {
      throw CorpusError(
        .cannotWrite, "a sheet of more than 4 GiB does not fit into a workbook; use CSV",
        path: path)
    }
    return UInt32(value)
  }

  private func little(_ value: some FixedWidthInteger) -> [UInt8] {
    (0..<value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }

  private func write(_ bytes: [UInt8]) throws(CorpusError) {
    try unsafe bytes.span.bytes.withUnsafeBytes { buffer throws(CorpusError) in
      unsafe try stream.write(buffer)
    }
  }
}
