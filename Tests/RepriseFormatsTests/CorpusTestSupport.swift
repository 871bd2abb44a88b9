import Foundation
import RepriseSystem

@testable import RepriseFormats

/// A folder that goes with its owner.
final class TemporaryFolder {
  let path: String

  init() {
    path = NSTemporaryDirectory() + "reprise-test-" + UUID().uuidString
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) -> BytePath {
    let file = URL(fileURLWithPath: path + "/" + name)
    try? FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try? Data(bytes).write(to: file)
    return BytePath(path + "/" + name)
  }

  @discardableResult
  func write(_ name: String, _ text: String) -> BytePath { write(name, Array(text.utf8)) }

  func link(_ name: String, to target: String) {
    try? FileManager.default.createSymbolicLink(
      atPath: path + "/" + name, withDestinationPath: target)
  }
}

/// Random numbers that a printed seed repeats (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// Packs bytes by the writer under test, in as many slices as there are pieces.
func packed(_ pieces: [[UInt8]], _ compression: Compression) throws -> [UInt8] {
  let folder = TemporaryFolder()
  var result: [UInt8] = []
  for (index, piece) in pieces.enumerated() {
    let path = BytePath(folder.path + "/\(index)")
    let stream = try EncodedStream(creating: path, compression: compression)
    unsafe try piece.withUnsafeBytes { bytes in unsafe try stream.write(bytes) }
    try stream.finish()
    result += try Data(contentsOf: URL(fileURLWithPath: "\(path)"))
  }
  return result
}

/// Everything a stream delivers, and the failure that ended it.
func drain(_ stream: DecodedStream, bufferByteCount: Int) -> ([UInt8], CorpusError?) {
  var result: [UInt8] = []
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bufferByteCount, alignment: 1)
  defer { unsafe buffer.deallocate() }
  while true {
    do throws(CorpusError) {
      let count = unsafe try stream.read(into: buffer)
      if count == 0 { return (result, nil) }
      unsafe result.append(contentsOf: buffer[..<count])
    } catch {
      return (result, error)
    }
  }
}
