import Synchronization

/// The location of a record in the corpus.
package struct RecordLocation: Hashable, Sendable {
  /// The index of the input in the list of inputs.
  package var input: Int
  /// The byte offset in the decoded file.
  package var offset: UInt64
  /// The number of bytes.
  package var byteCount: Int

  /// Creates a location.
  package init(input: Int, offset: UInt64, byteCount: Int) {
    self.input = input
    self.offset = offset
    self.byteCount = byteCount
  }
}

/// The bytes of a record that was read again.
///
/// Each thread reuses a buffer of its own.
@safe package final class RecordBuffer {
  private var storage = PaddedBytes()
  /// The file that was read last, and the number of reads before the cache is asked again.
  private var last: (input: Int, files: OpenFileCache, file: SharedFile, readsLeft: Int)?
  /// Memory above this number of bytes is released after each record.
  private static let retainedByteCount = 4 << 20

  /// Creates an empty buffer.
  package init() {}

  /// The bytes, valid until the next use.
  ///
  /// They have as many readable bytes on each side as those of a chunk.
  package var bytes: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(storage.bytes) }

  func file(ofInput input: Int, in files: OpenFileCache) throws(CorpusError) -> SharedFile {
    if let last, last.input == input, last.files === files, last.readsLeft > 0 {
      self.last?.readsLeft -= 1
      return last.file
    }
    let file = try files.file(ofInput: input)
    last = (input, files, file, files.readsBetweenChecks)
    return file
  }

  /// Frees the memory of a long record.
  func release() { storage.reset(keeping: Self.retainedByteCount) }

  func fill(
    _ count: Int, by read: (UnsafeMutableRawBufferPointer) throws(CorpusError) -> Void
  ) throws(CorpusError) {
    storage.reset(keeping: Self.retainedByteCount)
    // In bounds: `reserve` returns at least `count` bytes.
    let free = unsafe storage.reserve(count)
    unsafe try read(UnsafeMutableRawBufferPointer(rebasing: free[..<count]))
    storage.commit(count)
  }
}

/// Reads records again, in any order, on any number of threads.
///
/// Records of plain UTF-8 files are read in place. The record of a row is its text. Records of other files must first be copied with
/// `copy(_:keepsEarlier:)`, unless the decoded file was cached. The data of a pipe is always available.
package final class RecordFetcher: Sendable {
  private let reader: CorpusReader
  private let encodings: [TextEncoding]
  private let formats: [RecordFormat]
  private let files: OpenFileCache
  /// The copies of each input, those of one call after those of another.
  private let copies = Mutex<[Int: [CopiedRecords]]>([:])

  /// Creates a fetcher for the records of a reader.
  /// - Parameters:
  ///   - reader: the reader that found the records.
  ///   - encodings: the encoding of each of its inputs.
  ///   - formats: the format of each of its inputs; empty if none is a table.
  ///   - checkInterval: the time between checks that a plain file is unchanged.
  package init(
    _ reader: CorpusReader, encodings: [TextEncoding], formats: [RecordFormat] = [],
    checkInterval: Duration = .milliseconds(100)
  ) {
    self.reader = reader
    self.encodings = encodings
    self.formats = formats
    files = OpenFileCache(inputs: reader.inputs, checkInterval: checkInterval)
  }

  /// Copies records of files that can only be read in order into a temporary file.
  ///
  /// Reads each of these files once, up to its last record.
  ///
  /// Calls for different inputs may run at the same time. Records of other inputs are ignored. The
  /// records of one input must not overlap.
  ///
  /// - Parameters:
  ///   - records: the records.
  ///   - keepsEarlier: true to keep earlier copies, and not to copy their records again; false to
  ///     discard those of these inputs.
  /// - Throws: `changed` if a file has changed, `cannotOpen`, `cannotRead` or `cannotWrite`, and
  ///   decoding errors.
  /// - Complexity: O(n log n) for n records, plus decoding each file up to its last record.
  package func copy(
    _ records: [RecordLocation], keepsEarlier: Bool = false
  ) throws(CorpusError) {
    let earlier = keepsEarlier ? copies.withLock { $0 } : [:]
    let sequential = records.filter { record in
      isSequential(input: record.input)
        && !(earlier[record.input] ?? []).contains { $0.contains(record) }
    }
    let sorted = sequential.sorted { ($0.input, $0.offset) < ($1.input, $1.offset) }
    guard !sorted.isEmpty else { return }
    let file = try TemporaryFile(in: reader.options.temporaryFolder)
    var rest = sorted[...]
    while let first = rest.first {
      let ofInput = rest.prefix { $0.input == first.input }
      rest = rest.dropFirst(ofInput.count)
      let input = reader.inputs[first.input]
      let copied =
        isRows(input: first.input)
        ? try CopiedRecords(copyingRows: ofInput, of: input, reader.options, to: file)
        : try CopiedRecords(copying: ofInput, of: input, in: encodings[first.input], to: file)
      copies.withLock { $0[first.input] = (earlier[first.input] ?? []) + [copied] }
    }
  }

  /// Returns whether records of an input must be copied before they can be read: it can only be
  /// decoded from its start, and is not cached.
  package func isSequential(input index: Int) -> Bool {
    isDecoded(input: index) && !reader.decoded.contains(input: index)
  }

  private func isRows(input index: Int) -> Bool {
    index < formats.count && formats[index] == .parquet
  }

  /// Returns whether the records of an input consist of other bytes than the file.
  private func isDecoded(input index: Int) -> Bool {
    let input = reader.inputs[index]
    if isRows(input: index) { return true }
    return !input.isPipe && (input.compression != .none || encodings[index] != .utf8)
  }

  /// Reads one record.
  ///
  /// - Throws: `changed` if a change of the file is detected, `cannotOpen` or `cannotRead`.
  package func read(_ record: RecordLocation, into buffer: RecordBuffer) throws(CorpusError) {
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
        guard let copied = copies.withLock({ $0[record.input] }), let last = copied.last else {
          throw missing(record, "its records were not cached")
        }
        unsafe try (copied.first { $0.contains(record) } ?? last).read(record, into: target)
      }
    }
  }

  /// Reads the first bytes of an input, one more than formats are recognized by, unless it has
  /// fewer.
  ///
  /// - Throws: as ``read(_:into:)``, and decoding errors.
  func head(ofInput index: Int) throws(CorpusError) -> [UInt8] {
    let input = reader.inputs[index]
    guard let pipeFile = reader.pipeFile(ofInput: index) else {
      let stream = try DecodedStream(
        try input.open(), compression: input.compression, convertingFrom: encodings[index])
      return try stream.head()
    }
    return try pipeFile.head(ContentFormat.searchedByteCount + 1)
  }

  private func missing(_ record: RecordLocation, _ what: String) -> CorpusError {
    CorpusError(.cannotRead, what, path: reader.inputs[record.input].path)
  }
}
