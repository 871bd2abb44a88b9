extension InputFile {
  /// All bytes of a file, unpacked as its name says, as UTF-8 if a byte order mark names another
  /// encoding.
  ///
  /// For single files; a corpus is read by ``CorpusReader``.
  /// - Parameters:
  ///   - path: the file.
  ///   - limit: the most bytes that are taken.
  /// - Returns: the decoded bytes.
  /// - Throws: `cannotOpen` or `cannotRead`, `recordTooLong` over the limit, and what decoding
  ///   throws.
  public static func content(
    of path: BytePath, limit: Int = 1 << 30
  ) throws(CorpusError) -> [UInt8] {
    let stream = try DecodedStream(
      path: path, compression: Compression(fileName: path), convertingFrom: .utf8)
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    defer { unsafe room.deallocate() }
    var content: [UInt8] = []
    while true {
      let count = unsafe try stream.read(into: room)
      if count == 0 { return content }
      guard content.count + count <= limit else {
        throw CorpusError(
          .recordTooLong, "the file is larger than the limit of \(limit) bytes",
          path: path)
      }
      unsafe content.append(contentsOf: room[..<count])
    }
  }
}
