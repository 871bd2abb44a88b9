/// A stretch of the corpus with its records; filled by a reader, used by one thread, used again.
///
/// Chunks are put in corpus order by `sources.lowerBound`, then `index`: after a chunk follows the
/// next index, or if `isLast`, index 0 of the source after `sources`. Every source is covered, and
/// no number is left out, whatever fails.
@safe public final class ChunkBuffer {
  /// The sources covered: one, or several small ones that are covered whole.
  public internal(set) var sources = 0..<0
  /// The place among the chunks of the first source.
  public internal(set) var index = 0
  /// Whether this is the last chunk of its sources.
  public internal(set) var isLast = false
  /// The stretches of sources, in order.
  public internal(set) var parts: [ChunkPart] = []
  /// The records, in order.
  public internal(set) var records: [Record] = []
  /// What could not be read, in order.
  public internal(set) var problems: [ChunkProblem] = []
  var storage = PaddedBytes()
  private var matcher: (pattern: LinePattern, matcher: LineMatcher)?

  /// Makes an empty buffer.
  public init() {}

  /// The number of bytes that can be read before and behind every record.
  public static let padding = PaddedBytes.padding

  /// A record's bytes; valid until the buffer is filled again.
  public func bytes(of record: Record) -> UnsafeRawBufferPointer {
    let range = record.position..<record.position + record.byteCount
    return unsafe UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(storage.bytes)[range])
  }

  /// The memory held, in bytes.
  public var capacity: Int { storage.capacity }

  func begin(sources: Range<Int>, index: Int, isLast: Bool, keeping byteLimit: Int) {
    self.sources = sources
    self.index = index
    self.isLast = isLast
    parts.removeAll(keepingCapacity: true)
    problems.removeAll(keepingCapacity: true)
    // A chunk of empty lines has very many records; the room for them is not kept.
    records.removeAll(keepingCapacity: records.capacity * MemoryLayout<Record>.stride < byteLimit)
    storage.reset(keeping: byteLimit)
  }

  func beginPart(source: Int, offset: Int, endsSource: Bool) {
    parts.append(
      ChunkPart(
        source: source, offset: UInt64(offset), records: records.count..<records.count,
        endsSource: endsSource))
  }

  func report(
    _ error: CorpusError, line: Int? = nil, endsSource: Bool, lostRecord: LostRecord? = nil
  ) {
    problems.append(
      ChunkProblem(
        error: error, part: parts.count - 1, line: line, endsSource: endsSource,
        lostRecord: lostRecord))
  }

  /// The matcher of this buffer's thread.
  func lineMatcher(_ pattern: LinePattern) -> LineMatcher {
    if let matcher, matcher.pattern === pattern { return matcher.matcher }
    let made = LineMatcher(pattern)
    matcher = (pattern, made)
    return made
  }
}
