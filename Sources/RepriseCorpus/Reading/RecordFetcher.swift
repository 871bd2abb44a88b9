import Synchronization

/// Where a record stands in the corpus.
public struct RecordLocation: Hashable, Sendable {
  /// The input's place in the list of inputs.
  public var input: Int
  /// Bytes from the start of the decoded file.
  public var offset: UInt64
  /// The number of bytes.
  public var byteCount: Int

  /// Takes the slices.
  public init(input: Int, offset: UInt64, byteCount: Int) {
    self.input = input
    self.offset = offset
    self.byteCount = byteCount
  }
}

/// A record's bytes, read again; used by one thread, used again.
@safe public final class RecordBuffer {
  private var storage = PaddedBytes()
  /// The file that was read from last, and how often it may be before the cache is asked again.
  private var last: (input: Int, files: OpenFileCache, file: SharedFile, readsLeft: Int)?
  /// Memory above this is not kept for later records.
  private static let retainedByteCount = 4 << 20

  /// Makes an empty buffer.
  public init() {}

  /// The bytes, with as many readable bytes on each side as a chunk's; valid until the next use.
  public var bytes: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(storage.bytes) }

  func file(ofInput input: Int, in files: OpenFileCache) throws(CorpusError) -> SharedFile {
    if let last, last.input == input, last.files === files, last.readsLeft > 0 {
      self.last?.readsLeft -= 1
      return last.file
    }
    let file = try files.file(ofInput: input)
    last = (input, files, file, files.readsBetweenChecks)
    return file
  }

  func fill(
    _ count: Int, by read: (UnsafeMutableRawBufferPointer) throws(CorpusError) -> Void
  ) throws(CorpusError) {
    storage.reset(keeping: Self.retainedByteCount)
    let free = unsafe storage.reserve(count)
    unsafe try read(UnsafeMutableRawBufferPointer(rebasing: free[..<count]))
    storage.commit(count)
  }
}

/// Reads records again, in any order, by any number of threads.
///
/// Records of plain files in UTF-8 are read in place. Those of other files must be copied by
/// `copy(_:)` first, unless the file was kept whole when it was decoded, as what a pipe delivered
/// always is.
public final class RecordFetcher: Sendable {
  private let reader: CorpusReader
  private let encodings: [TextEncoding]
  private let files: OpenFileCache
  private let copies = Mutex<[Int: CopiedRecords]>([:])

  /// Reads what a reader has read.
  /// - Parameters:
  ///   - reader: the reader that found the records.
  ///   - encodings: the encoding of each of its inputs.
  ///   - checkInterval: how long a plain file is read from without asking again whether it is the
  ///     one that was found.
  public init(
    _ reader: CorpusReader, encodings: [TextEncoding],
    checkInterval: Duration = .milliseconds(100)
  ) {
    self.reader = reader
    self.encodings = encodings
    files = OpenFileCache(inputs: reader.inputs, checkInterval: checkInterval)
  }

  /// Copies records of files that can be read only in order into a temporary file, with one pass
  /// over each file.
  ///
  /// Calls for different inputs may run at the same time; a second call for an input replaces the
  /// first. Records of other inputs are passed over. The records of one input do not overlap.
  ///
  /// - Throws: `changed` if a file is not as it was found, `cannotOpen`, `cannotRead` or
  ///   `cannotWrite`, and what decoding throws.
  /// - Complexity: O(n log n) for n records, and decoding each file up to its last record.
  public func copy(_ records: [RecordLocation]) throws(CorpusError) {
    let sequential = records.filter { isSequential(input: $0.input) }
    let sorted = sequential.sorted { ($0.input, $0.offset) < ($1.input, $1.offset) }
    guard !sorted.isEmpty else { return }
    let file = try TemporaryFile(in: reader.options.temporaryFolder)
    var rest = sorted[...]
    while let first = rest.first {
      let ofInput = rest.prefix { $0.input == first.input }
      rest = rest.dropFirst(ofInput.count)
      let copied = try CopiedRecords(
        copying: ofInput, of: reader.inputs[first.input],
        in: encodings[first.input], to: file)
      copies.withLock { $0[first.input] = copied }
    }
  }

  /// Whether records of an input must be copied before they can be read: it can be decoded only
  /// from its start, and was not kept.
  public func isSequential(input index: Int) -> Bool {
    isDecoded(input: index) && !reader.decoded.contains(input: index)
  }

  /// Whether an input is a file that does not hold the bytes that its records consist of.
  private func isDecoded(input index: Int) -> Bool {
    let input = reader.inputs[index]
    return !input.isPipe && (input.compression != .none || encodings[index] != .utf8)
  }

  /// Reads one record.
  ///
  /// - Throws: `changed` if the file is seen not to be as it was found, `cannotOpen` or
  ///   `cannotRead`.
  public func read(_ record: RecordLocation, into buffer: RecordBuffer) throws(CorpusError) {
    unsafe try buffer.fill(record.byteCount) { target throws(CorpusError) in
      if reader.inputs[record.input].isPipe {
        guard let pipeFile = reader.pipeFile(ofInput: record.input) else {
          throw missing(record, "has not been read yet")
        }
        unsafe try pipeFile.read(into: target, at: record.offset)
      } else if !isDecoded(input: record.input) {
        let file = try buffer.file(ofInput: record.input, in: files)
        unsafe try file.fill(target, at: Int(record.offset))
      } else if reader.decoded.contains(input: record.input) {
        unsafe try reader.decoded.read(record, into: target)
      } else {
        guard let copied = copies.withLock({ $0[record.input] }) else {
          throw missing(record, "its records were not cached")
        }
        unsafe try copied.read(record, into: target)
      }
    }
  }

  private func missing(_ record: RecordLocation, _ what: String) -> CorpusError {
    CorpusError(.cannotRead, what, path: reader.inputs[record.input].path)
  }
}
