import Reprise

extension GeneratedCorpus {
  /// Writes the corpus as JSON Lines with the fields `id` ("d" and the document's number) and
  /// `text`.
  /// - Parameters:
  ///   - path: the file, which must not exist; `.gz` and `.zst` pack it.
  ///   - encoding: how what is not ASCII is written.
  /// - Returns: the number of documents and the planted pairs.
  /// - Throws: what the disk says.
  public func write(
    to path: String, encoding: Encoding = .utf8
  ) throws -> (documentCount: Int, pairs: [PlantedPair]) {
    let file = BytePath(path)
    let stream = try EncodedStream(
      creating: file, compression: Compression(fileName: file))
    var writer = JSONWriter()
    var number = 0
    var failure: (any Error)?
    let pairs = generate { text in
      writer.beginObject()
      writer.key("id")
      writer.string("d\(number)")
      writer.key("text")
      text.withUnsafeBytes { writer.string($0) }
      writer.endObject()
      writer.endLine()
      number += 1
      guard writer.buffer.count > 1 << 20, failure == nil else { return }
      failure = flush(&writer, encoding, to: stream)
    }
    failure = failure ?? flush(&writer, encoding, to: stream)
    if let failure { throw failure }
    try stream.finish()
    return (number, pairs)
  }

  private func flush(
    _ writer: inout JSONWriter, _ encoding: Encoding, to stream: EncodedStream
  ) -> (any Error)? {
    defer { writer.buffer.removeAll() }
    do {
      try writer.buffer.withUnsafeBytes { bytes throws(CorpusError) in
        guard encoding == .ascii else { return try stream.write(bytes) }
        let escaped = Encoding.escaped(bytes)
        try escaped.span.withUnsafeBytes { bytes throws(CorpusError) in try stream.write(bytes) }
      }
      return nil
    } catch {
      return error
    }
  }
}
