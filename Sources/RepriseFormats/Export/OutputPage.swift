import CZlib
package import RepriseEngine
import RepriseSystem

/// Writes one file whole or not at all.
///
/// The file is written under a hidden name next to its path, and renamed.
package struct OutputPage {
  private let place: OutputPlace

  /// The final path.
  package var path: BytePath { place.path }

  /// Checks the path of a file.
  ///
  /// - Parameters:
  ///   - path: the path: new, or a file that begins with `signature`.
  ///   - results: a folder in which the file must not be.
  ///   - signature: the first bytes of every such file.
  /// - Throws: `invalidOutput`, `cannotOpen` or `cannotRead`.
  package init(
    _ path: BytePath, outside results: BytePath, signature: [UInt8]
  ) throws(CorpusError) {
    place = try OutputPlace(path, "a report")
    let parent = try FileStatus(of: place.parent.bytes.isEmpty ? "." : place.parent)
    let folder = try FileStatus(of: results)
    guard parent.inode != folder.inode || parent.device != folder.device else {
      throw CorpusError(.invalidOutput, "a report cannot be in the results folder", path: path)
    }
    guard place.kind != nil else { return }
    guard place.kind == .file else { throw CorpusError(.invalidOutput, "not a file", path: path) }
    let file = try OpenFile(reading: path)
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: signature.count, alignment: 1)
    defer { unsafe room.deallocate() }
    let count = unsafe try file.read(into: room)
    guard unsafe Array(room[..<count]) == signature else {
      throw CorpusError(
        .invalidOutput, "the file exists and is not a report of Reprise", path: path)
    }
  }

  /// Writes the file.
  ///
  /// - Throws: `cannotOpen` or `cannotWrite`; `stopped`.
  package func write(_ bytes: [UInt8], _ cancellation: Cancellation) throws(CorpusError) {
    let parent = try OpenFolder(place.parent)
    let hidden = place.hidden(".partial-\(getpid())").lastComponent
    try parent.remove(hidden, isFolder: false)
    do throws(CorpusError) {
      let stream = try EncodedStream(
        creating: place.parent.appending(hidden), compression: .none)
      try unsafe stream.write(bytes.span.bytes)
      try stream.finish()
      try cancellation.check()
      try parent.rename(hidden, to: place.name, in: parent)
    } catch {
      try? parent.remove(hidden, isFolder: false)
      throw error
    }
  }
}

extension EncodedStream {
  /// Appends the bytes of a span.
  fileprivate func write(_ bytes: RawSpan) throws(CorpusError) {
    try unsafe bytes.withUnsafeBytes { buffer throws(CorpusError) in
      unsafe try write(buffer)
    }
  }
}

extension [UInt8] {
  /// The bytes in the zlib format, which browsers call `deflate`; equal for equal bytes.
  package func deflated() throws(CorpusError) -> [UInt8] {
    let encoder = try GzipEncoder(path: "", windowBits: MAX_WBITS)
    var result: [UInt8] = []
    try unsafe span.bytes.withUnsafeBytes { buffer throws(CorpusError) in
      unsafe try encoder.encode(buffer, isLast: true) { part throws(CorpusError) in
        unsafe result.append(contentsOf: part)
      }
    }
    return result
  }

  /// The bytes in base64.
  package var base64: String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    text.reserveCapacity((count + 2) / 3 * 4)
    for start in stride(from: 0, to: count, by: 3) {
      let (second, third) = (start + 1 < count, start + 2 < count)
      let bits =
        Int(self[start]) << 16 | (second ? Int(self[start + 1]) << 8 : 0)
        | (third ? Int(self[start + 2]) : 0)
      text.append(letters[bits >> 18])
      text.append(letters[bits >> 12 & 63])
      text.append(second ? letters[bits >> 6 & 63] : UInt8(ascii: "="))
      text.append(third ? letters[bits & 63] : UInt8(ascii: "="))
    }
    return String(decoding: text, as: UTF8.self)
  }
}
