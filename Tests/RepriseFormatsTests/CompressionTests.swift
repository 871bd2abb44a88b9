import CKernels
import Foundation
import RepriseCore
import RepriseTestSupport
import Testing

@testable import RepriseFormats

@Suite struct CompressionTests {
  let folder = TestFolder()

  func decode(_ name: String, _ bytes: [UInt8], buffer: Int = 1000) throws -> (
    [UInt8], CorpusError?
  ) {
    let path = folder.write(name, bytes)
    let stream = try DecodedStream(path: path, compression: Compression(fileName: path))
    return drain(stream, bufferByteCount: buffer)
  }

  func content(_ count: Int, seed: UInt64 = 7) -> [UInt8] {
    var generator = SplitMix64(state: seed)
    return (0..<count).map { _ in UInt8.random(in: 97...105, using: &generator) }
  }

  @Test(arguments: Compression.allCases, [0, 1, 100, 300_000])
  func whatIsWrittenIsReadAgain(compression: Compression, count: Int) throws {
    let name = ["none": "a", "gzip": "a.gz", "zstd": "a.zst"][compression.rawValue] ?? ""
    let bytes = content(count)
    let (read, failure) = try decode(name, packed([bytes], compression))
    #expect(failure == nil)
    #expect(read == bytes)
  }

  @Test(arguments: [Compression.gzip, .zstd], [1, 7, 100_000])
  func severalPartsAreOneStream(compression: Compression, buffer: Int) throws {
    let pieces = [content(5000), [], content(1, seed: 2), content(70_000, seed: 3)]
    let name = compression == .gzip ? "a.gz" : "a.zstd"
    let raw = try packed(pieces, compression)
    let (read, failure) = try decode(name, raw, buffer: buffer)
    #expect(failure == nil)
    #expect(read == pieces.flatMap { $0 })
    let padded = try decode(name, raw + [UInt8](repeating: 0, count: 513), buffer: buffer)
    #expect(padded.1 == nil)
    #expect(padded.0 == read)
  }

  @Test func skippableFramesAreSkipped() throws {
    let skippable: [UInt8] = [0x53, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3]
    let frame = try packed([content(100)], .zstd)
    let (read, failure) = try decode("a.zst", skippable + frame + skippable + frame)
    #expect(failure == nil)
    #expect(read == content(100) + content(100))
  }

  @Test(arguments: [Compression.gzip, .zstd])
  func everyTruncationIsNoticed(compression: Compression) throws {
    let name = compression == .gzip ? "a.gz" : "a.zst"
    let bytes = content(2000)
    let raw = try packed([bytes, bytes], compression)
    let first = try packed([bytes], compression).count
    for count in 0..<raw.count where count != first {
      let (read, failure) = try decode(name, Array(raw[..<count]))
      // One or two bytes of a next header cannot be told from garbage.
      let isGarbage = count > first && count < first + (compression == .gzip ? 2 : 4)
      #expect(failure?.reason == (isGarbage ? .trailingGarbage : .truncated), "\(count) bytes")
      #expect((bytes + bytes).starts(with: read))
      #expect(failure?.byte == UInt64(read.count))
      if count > first { #expect(read.count >= bytes.count) }
    }
  }

  @Test(arguments: [Compression.gzip, .zstd])
  func eachFailureHasItsReason(compression: Compression) throws {
    let name = compression == .gzip ? "a.gz" : "a.zst"
    let bytes = content(200_000)
    var raw = try packed([bytes], compression)
    let garbage = try decode(name, raw + Array("tail".utf8))
    #expect(garbage.0 == bytes)
    #expect(garbage.1?.reason == .trailingGarbage)
    let plain = try decode(name, Array("plain text".utf8))
    #expect(plain.0.isEmpty)
    #expect(plain.1?.reason == .notCompressed)
    // A flipped bit in the checksum at the end.
    raw[raw.count - (compression == .gzip ? 8 : 4)] ^= 1
    let corrupt = try decode(name, raw)
    #expect(bytes.starts(with: corrupt.0))
    #expect(corrupt.0.count > 100_000)
    #expect(corrupt.1?.reason == .corrupt)
  }

  @Test func otherToolsReadWhatIsWritten() throws {
    let bytes = content(600_000)
    for (compression, tool) in [(Compression.gzip, "gzip"), (.zstd, "zstd")] {
      let path = folder.write(
        "b.\(compression == .gzip ? "gz" : "zst")", try packed([bytes], compression))
      let process = Process()
      let output = Pipe()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = [tool, "-dc", "\(path)"]
      process.standardOutput = output
      try process.run()
      #expect(try output.fileHandleForReading.readToEnd() == Data(bytes))
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
  }
}

@Suite struct CodecMemoryTests {
  // A window that zlib does not know is refused as one for which there is no memory.
  @Test func codecsThatCannotBeMadeAreErrors() {
    let decoder = #expect(throws: CorpusError.self) {
      try GzipDecoder(path: "a.gz", windowBits: 99)
    }
    let encoder = #expect(throws: CorpusError.self) {
      try GzipEncoder(path: "a.gz", windowBits: 99)
    }
    for error in [decoder, encoder] {
      #expect(error?.reason == .outOfMemory)
      #expect(
        error?.description
          == "\"a.gz\": the system has no memory left to pack or unpack it "
          + "(Cannot allocate memory).")
    }
  }
}

@Suite struct FingerprintTests {
  func reference(_ bytes: [UInt8]) -> UInt64 {
    func hash(_ bytes: ArraySlice<UInt8>) -> UInt64 {
      unsafe bytes.withUnsafeBytes {
        unsafe reprise_xxh3_64($0.baseAddress, $0.count, REPRISE_PLAIN)
      }
    }
    let starts = stride(from: 0, to: max(1, bytes.count), by: 1 << 20)
    let hashes = starts.map { hash(bytes[$0..<min($0 + 1 << 20, bytes.count)]) }
    if hashes.count == 1 { return hashes[0] }
    let little = hashes.flatMap { value in
      (0..<8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
    return hash(little[...])
  }

  @Test(arguments: [0, 1, 1000, 1 << 20, 1 << 20 + 1, 3 << 20, 3 << 20 + 77])
  func piecesInAnyOrderGiveTheDefinedNumber(count: Int) throws {
    var generator = SplitMix64(state: 11)
    let bytes = (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
    let expected = FileChecksum(hash: reference(bytes), byteCount: UInt64(count))
    var hasher = try ChecksumHasher(path: "a")
    var rest = bytes[...]
    while !rest.isEmpty {
      let piece = rest.prefix(Int.random(in: 1...700_000, using: &generator))
      unsafe piece.withUnsafeBytes { unsafe hasher.update($0) }
      rest = rest.dropFirst(piece.count)
    }
    #expect(hasher.checksum() == expected)
    var blocks = BlockHashes(byteCount: UInt64(count))
    for block in (0..<FileChecksum.blockCount(ofBytes: UInt64(count))).shuffled(using: &generator) {
      #expect(blocks.checksum == nil)
      let range = block << 20..<min((block + 1) << 20, count)
      let hash = unsafe bytes[range].withUnsafeBytes { unsafe FileChecksum.hash(block: $0) }
      blocks.record(block: block, hash: hash)
    }
    #expect(blocks.checksum == expected)
  }

  @Test func damagedFilesHaveTheFingerprintOfAllTheirBytes() throws {
    let folder = TestFolder()
    let raw = try packed([[1, 2, 3]], .gzip) + [9, 9, 9] + [UInt8](repeating: 5, count: 2_000_000)
    let stream = try DecodedStream(path: folder.write("a.gz", raw), compression: .gzip)
    _ = drain(stream, bufferByteCount: 100)
    #expect(
      try stream.finishChecksum()
        == FileChecksum(hash: reference(raw), byteCount: UInt64(raw.count)))
  }
}
