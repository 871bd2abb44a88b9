import RepriseTestSupport

@testable import RepriseFormats

/// A file read by the reader of a scan, beside the naive splitter on its decoded bytes.
struct RecordReading {
  var compression: Compression
  var encoding: TextEncoding
  /// Gives the bytes of a chunk.
  var chunks: UInt8
  var format = RecordFormat.jsonLines
  var cut = ArticleRule.Cut.after
  var limit: Int?

  func check(_ content: [UInt8], _ failure: CorpusError.Reason?) {
    let result = read()
    precondition(result.isDense, "chunks are missing")
    let isWhole = failure == nil || failure == .trailingGarbage
    precondition(failure == nil || result.reasons.contains { $0 == failure }, "a failure is lost")
    for record in result.records {
      let range = record.offset..<record.offset + record.bytes.count
      precondition(range.upperBound <= content.count && Array(content[range]) == record.bytes)
    }
    // What a long line of a text would have matched is not searched for.
    guard limit == nil || format == .jsonLines else { return }
    let naive = split(content)
    let expected = naive.filter { $0.bytes.count <= limit ?? .max }
    if isWhole {
      precondition(result.records == expected, "other records than the naive splitter's")
      let longCount = result.reasons.count { $0 == .recordTooLong }
      precondition(longCount == naive.count - expected.count, "a long record is lost")
    } else {
      precondition(result.records.elementsEqual(expected.prefix(result.records.count)))
    }
  }

  private func read() -> ReadingResult {
    var options = ReadingOptions()
    options.chunkByteCount = 1 + Int(chunks)
    options.encoding = encoding
    // `FuzzFormats` recognizes formats.
    options.detectsFormats = false
    options.articleRule = try? ArticleRule(cut: cut, expression: "^#")
    if let limit { options.maximumRecordByteCount = limit }
    guard let status = try? FileStatus(of: packedPath) else { preconditionFailure("no file") }
    let source = InputFile(
      path: packedPath, absolutePath: packedPath, argument: packedPath, outputName: "a",
      status: status, format: format, compression: compression, isPipe: false)
    guard let result = try? readAll(CorpusReader(inputs: [source], options: options)) else {
      preconditionFailure("the reader gives up")
    }
    return result
  }

  private func split(_ content: [UInt8]) -> [PlainRecord] {
    if format == .jsonLines { return NaiveSplitter.lines(content) }
    var isFirst = true
    return NaiveSplitter.articles(content, cut: cut) { line in
      let mark = isFirst && line.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      isFirst = false
      return line.dropFirst(mark).first == UInt8(ascii: "#")
    }
  }
}
