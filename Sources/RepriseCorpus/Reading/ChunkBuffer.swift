/// A stretch of the corpus with its records; filled by a reader, used by one thread, used again.
///
/// Chunks are put in corpus order by `inputs.lowerBound`, then `index`: after a chunk follows the
/// next index, or if `isLast`, index 0 of the input after `inputs`. Every input is covered, and
/// no number is left out, whatever fails.
@safe public final class ChunkBuffer {
  /// The inputs covered: one, or several small ones that are covered whole.
  public internal(set) var inputs = 0..<0
  /// The place among the chunks of the first input.
  public internal(set) var index = 0
  /// Whether this is the last chunk of its inputs.
  public internal(set) var isLast = false
  /// The stretches of inputs, in order.
  public internal(set) var slices: [InputSlice] = []
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

  func begin(inputs: Range<Int>, index: Int, isLast: Bool, keeping byteLimit: Int) {
    self.inputs = inputs
    self.index = index
    self.isLast = isLast
    slices.removeAll(keepingCapacity: true)
    problems.removeAll(keepingCapacity: true)
    // A chunk of empty lines has very many records; the room for them is not kept.
    records.removeAll(keepingCapacity: records.capacity * MemoryLayout<Record>.stride < byteLimit)
    storage.reset(keeping: byteLimit)
  }

  func beginSlice(input: Int, offset: Int, endsInput: Bool) {
    slices.append(
      InputSlice(
        input: input, offset: UInt64(offset), records: records.count..<records.count,
        endsInput: endsInput))
  }

  func report(
    _ error: CorpusError, line: Int? = nil, endsInput: Bool, lostRecord: LostRecord? = nil
  ) {
    problems.append(
      ChunkProblem(
        error: error, slice: slices.count - 1, line: line, endsInput: endsInput,
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
