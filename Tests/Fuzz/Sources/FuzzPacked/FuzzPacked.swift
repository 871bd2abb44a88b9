import Glibc

@testable import RepriseCorpus

/// Packed and converted data of any kind: whatever it is, it is delivered or refused, and pieces of
/// any size give the same bytes.
///
/// The first byte chooses the packing and the encoding.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzPacked(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard count > 0 else { return 0 }
  let compression = Compression.allCases[Int(data[0]) % 3]
  let encoding = encodings[Int(data[0]) / 3 % encodings.count]
  lseek(file, 0, SEEK_SET)
  ftruncate(file, 0)
  write(file, data + 1, count - 1)
  let whole = content(compression, encoding, pieceByteCount: limit)
  let pieces = content(compression, encoding, pieceByteCount: 1 + Int(data[0]) * 3)
  precondition(whole.bytes == pieces.bytes, "pieces of another size give other bytes")
  precondition(whole.failure == pieces.failure, "pieces of another size fail in another way")
  return 0
}

private let file = memfd_create("packed", 0)
private let limit = 4 << 20
private let encodings: [TextEncoding?] = [
  nil, .utf8, .utf16LittleEndian, .utf32BigEndian, try? TextEncoding(named: "SHIFT_JIS"),
  try? TextEncoding(named: "ISO-2022-JP"), try? TextEncoding(named: "CP1255"),
  try? TextEncoding(named: "GB18030"),
]

/// What is delivered, up to a limit, and why no more was.
private func content(
  _ compression: Compression, _ encoding: TextEncoding?, pieceByteCount: Int
) -> (bytes: [UInt8], failure: CorpusError.Reason?) {
  lseek(file, 0, SEEK_SET)
  let stream = DecodedStream(
    OpenFile(borrowing: file, path: "fuzz"), compression: compression, convertingFrom: encoding)
  var bytes: [UInt8] = []
  let room = UnsafeMutableRawBufferPointer.allocate(byteCount: pieceByteCount, alignment: 1)
  defer { room.deallocate() }
  while bytes.count < limit {
    do throws(CorpusError) {
      let wanted = min(pieceByteCount, limit - bytes.count)
      let count = try stream.read(into: UnsafeMutableRawBufferPointer(rebasing: room[..<wanted]))
      if count == 0 { return (bytes, nil) }
      bytes += room[..<count]
    } catch {
      return (bytes, error.reason)
    }
  }
  return (bytes, nil)
}
