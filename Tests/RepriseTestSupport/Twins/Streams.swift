internal import Foundation
package import RepriseFormats
internal import RepriseSystem

/// Packs bytes by the writer under test, in as many slices as there are pieces.
package func packed(_ pieces: [[UInt8]], _ compression: Compression) throws -> [UInt8] {
  let folder = TestFolder()
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
package func drain(_ stream: DecodedStream, bufferByteCount: Int) -> ([UInt8], CorpusError?) {
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
