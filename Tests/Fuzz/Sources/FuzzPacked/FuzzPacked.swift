import RepriseSystem
import RepriseTestSupport

@testable import RepriseFormats

/// Packed and converted data of any kind, read by the reader of a scan: whatever it is, it is
/// delivered or refused, pieces of any size give the same bytes, and chunks of any size the records
/// that are found one byte after the other.
///
/// The first three bytes choose how the others are packed, converted and cut.
func fuzzPacked(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard count > 3 else { return 0 }
  let compression = Compression.allCases[Int(data[0] % 3)]
  let encoding = encodings[Int(data[0] / 3) % encodings.count]
  write(Array(UnsafeBufferPointer(start: data + 3, count: count - 3)), compression, data[1])
  let whole = content(compression, encoding, pieceByteCount: 1 << 16)
  let pieces = content(compression, encoding, pieceByteCount: 1 + Int(data[2]) * 3)
  precondition(whole.bytes == pieces.bytes, "pieces of another size give other bytes")
  precondition(whole.failure == pieces.failure, "pieces of another size fail in another way")
  // More than the limit would be read in vain.
  guard whole.bytes.count < limit else { return 0 }
  var reading = RecordReading(compression: compression, encoding: encoding, chunks: data[2])
  reading.format = data[1] & 8 == 0 ? .jsonLines : .text
  reading.cut = data[1] & 16 == 0 ? .after : .before
  reading.limit = data[1] & 32 == 0 ? nil : Int(data[1] >> 6) * 8 + 8
  reading.check(whole.bytes, whole.failure)
  return 0
}

/// The input's file, which has no other users.
let packedPath: BytePath = {
  var template = MemoryPath.template()
  precondition(mkstemp(&template) >= 0, "no file")
  atexit { unlink("\(packedPath)") }
  return BytePath(template.dropLast().map { UInt8(bitPattern: $0) })
}()

private let limit = 4 << 20
private let encodings: [TextEncoding] = [
  .utf8, .utf16LittleEndian, .utf32BigEndian, try? TextEncoding(named: "SHIFT_JIS"),
  try? TextEncoding(named: "ISO-2022-JP"), try? TextEncoding(named: "CP1255"),
  try? TextEncoding(named: "GB18030"), try? TextEncoding(named: "UTF-7"),
].compactMap { $0 }

/// Writes the input as it is, or packs it first and then damages it or adds something, which gives
/// packed data that the checksums let through.
private func write(_ input: [UInt8], _ compression: Compression, _ control: UInt8) {
  let isPacked = control & 1 == 0
  unlink("\(packedPath)")
  let stream = try? EncodedStream(
    creating: packedPath, compression: isPacked ? .none : compression)
  try? input.withUnsafeBytes { bytes in try stream?.write(bytes) }
  try? stream?.finish()
  guard !isPacked, control & 6 != 0 else { return }
  let file = open("\(packedPath)", O_RDWR)
  defer { close(file) }
  let size = lseek(file, 0, SEEK_END)
  let place = off_t(input[0]) % size
  switch control & 6 {
  case 2: ftruncate(file, place)
  case 4: pwrite(file, input, 1, place)
  default: pwrite(file, input, min(input.count, 8), size)
  }
}

/// What is delivered, up to a limit, and why no more was.
private func content(
  _ compression: Compression, _ encoding: TextEncoding, pieceByteCount: Int
) -> (bytes: [UInt8], failure: CorpusError.Reason?) {
  guard
    let stream = try? DecodedStream(
      path: packedPath, compression: compression, convertingFrom: encoding)
  else { preconditionFailure("the file is not there") }
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
