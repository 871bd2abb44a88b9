internal import RepriseCore
package import RepriseFormats
internal import Synchronization

/// A record as a naive splitter sees it.
package struct PlainRecord: Hashable, CustomStringConvertible {
  package var source = 0
  package var offset: Int
  package var line: Int
  package var bytes: [UInt8]

  package init(source: Int = 0, offset: Int, line: Int, bytes: [UInt8]) {
    self.source = source
    self.offset = offset
    self.line = line
    self.bytes = bytes
  }

  package var description: String {
    "\(source)@\(offset) line \(line): \(String(decoding: bytes, as: UTF8.self).debugDescription)"
  }
}

/// The plain twins of the splitters: a whole file in memory, one byte after the other.
package enum NaiveSplitter {
  package static func lines(_ bytes: [UInt8]) -> [PlainRecord] {
    var records: [PlainRecord] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 10) ?? bytes.count
      records.append(
        PlainRecord(offset: start, line: records.count, bytes: Array(bytes[start..<end])))
      start = end + 1
    }
    return records
  }

  package static func articles(
    _ bytes: [UInt8], cut: ArticleRule.Cut, isMatch: ([UInt8]) -> Bool
  ) -> [PlainRecord] {
    var starts = [(offset: 0, line: 0)]
    for line in lines(bytes) where isMatch(line.bytes) {
      let next = line.offset + line.bytes.count + 1
      let start = cut == .before ? (line.offset, line.line) : (next, line.line + 1)
      if start.0 > 0, start.0 < bytes.count { starts.append(start) }
    }
    return starts.enumerated().map { place, start in
      let end = place + 1 < starts.count ? starts[place + 1].offset : bytes.count
      return PlainRecord(
        offset: start.offset, line: start.line, bytes: Array(bytes[start.offset..<end]))
    }
  }
}

/// What a whole reading gave, in corpus order.
package struct ReadingResult {
  package var records: [PlainRecord] = []
  package var problems: [ChunkProblem] = []
  package var facts = SourceFacts(of: [])
  package var chunkCount = 0
  /// Whether chunk numbers and ends were without gaps.
  package var isDense = true

  package var checksums: [FileChecksum?] { facts.checksums }

  package var reasons: [CorpusError.Reason] { problems.map(\.error.reason) }
}

/// Copies of the chunks that several threads collect.
package struct CollectedChunk: Sendable {
  package var inputs: Range<Int>
  package var index: Int
  package var isLast: Bool
  package var slices: [InputSlice]
  package var records: [Record]
  package var bytes: [[UInt8]]
  package var problems: [ChunkProblem]

  package init(_ buffer: ChunkBuffer) {
    inputs = buffer.inputs
    index = buffer.index
    isLast = buffer.isLast
    slices = buffer.slices
    records = buffer.records
    bytes = buffer.records.map { unsafe Array(buffer.bytes(of: $0)) }
    problems = buffer.problems
  }
}

/// Puts chunks in order and sums lines up, as users of a reader do.
package func ordered(_ chunks: [CollectedChunk], inputCount: Int) -> ReadingResult {
  var result = ReadingResult()
  var lines = Array(repeating: 0, count: inputCount)
  var expected = (0, 0)
  let sorted = chunks.sorted {
    ($0.inputs.lowerBound, $0.index) < ($1.inputs.lowerBound, $1.index)
  }
  for chunk in sorted {
    if (chunk.inputs.lowerBound, chunk.index) != expected { result.isDense = false }
    expected = chunk.isLast ? (chunk.inputs.upperBound, 0) : (expected.0, chunk.index + 1)
    for (place, slice) in chunk.slices.enumerated() {
      for index in slice.records {
        let record = chunk.records[index]
        if record.slice != place { result.isDense = false }
        result.records.append(
          PlainRecord(
            source: slice.input, offset: Int(record.offset),
            line: lines[slice.input] + record.line, bytes: chunk.bytes[index]))
      }
      lines[slice.input] += slice.lineFeedCount
    }
    result.problems += chunk.problems
  }
  if expected != (inputCount, 0) { result.isDense = false }
  result.chunkCount = chunks.count
  return result
}

/// Reads everything with one thread.
package func readAll(_ reader: CorpusReader) throws -> ReadingResult {
  let buffer = ChunkBuffer()
  var chunks: [CollectedChunk] = []
  while try reader.next(into: buffer) { chunks.append(CollectedChunk(buffer)) }
  var result = ordered(chunks, inputCount: reader.inputs.count)
  result.facts = SourceFacts(of: reader.inputs)
  for chunk in chunks {
    for slice in chunk.slices { result.facts.add(slice.facts) }
  }
  return result
}

package func readAll(
  _ paths: [BytePath], format: RecordFormat? = nil, options: ReadingOptions = ReadingOptions()
) throws -> ReadingResult {
  var discovery = DiscoveryOptions()
  discovery.format = format
  let inputs = try Discovery.find(paths, options: discovery).inputs
  return try readAll(CorpusReader(inputs: inputs, options: options))
}

/// Random text: short and long lines, empty ones, both line ends, lone carriage returns.
package func randomText(seed: UInt64, byteCount: Int) -> [UInt8] {
  var generator = SplitMix64(state: seed)
  var bytes: [UInt8] = []
  let isLong = Bool.random(using: &generator)
  while bytes.count < byteCount {
    switch Int.random(in: 0..<10, using: &generator) {
    case 0: bytes += [10]
    case 1: bytes += [13, 10]
    case 2: bytes += [13]
    case 3: bytes += Array("#cut\n".utf8)
    case 4: bytes += Array("\n#cut".utf8)
    default:
      let count = Int.random(in: 1...(isLong ? byteCount / 3 + 1 : 6), using: &generator)
      bytes += (0..<count).map { _ in UInt8.random(in: 97...122, using: &generator) }
    }
  }
  return Array(bytes[..<byteCount])
}
