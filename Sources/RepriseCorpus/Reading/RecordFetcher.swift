import Synchronization

/// Where a record stands in the corpus.
public struct RecordLocation: Hashable, Sendable {
  /// The source's place in the list of sources.
  public var source: Int
  /// Bytes from the start of the decoded file.
  public var offset: UInt64
  /// The number of bytes.
  public var byteCount: Int

  /// Takes the parts.
  public init(source: Int, offset: UInt64, byteCount: Int) {
    self.source = source
    self.offset = offset
    self.byteCount = byteCount
  }
}

/// A record's bytes, read again; used by one thread, used again.
@safe public final class RecordBuffer {
  private var storage = PaddedBytes()
  /// The file that was read from last, and how often it may be before the cache is asked again.
  private var last: (source: Int, files: OpenFileCache, file: SharedFile, readsLeft: Int)?
  /// Memory above this is not kept for later records.
  private static let keptByteCount = 4 << 20

  /// Makes an empty buffer.
  public init() {}

  /// The bytes, with as many readable bytes on each side as a chunk's; valid until the next use.
  public var bytes: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(storage.bytes) }

  func file(ofSource source: Int, in files: OpenFileCache) throws(CorpusError) -> SharedFile {
    if let last, last.source == source, last.files === files, last.readsLeft > 0 {
      self.last?.readsLeft -= 1
      return last.file
    }
    let file = try files.file(ofSource: source)
    last = (source, files, file, files.readsBetweenChecks)
    return file
  }

  func fill(
    _ count: Int, by read: (UnsafeMutableRawBufferPointer) throws(CorpusError) -> Void
  ) throws(CorpusError) {
    storage.reset(keeping: Self.keptByteCount)
    let free = unsafe storage.reserve(count)
    unsafe try read(UnsafeMutableRawBufferPointer(rebasing: free[..<count]))
    storage.commit(count)
  }
}

/// Reads records again, in any order, by any number of threads.
///
/// Records of plain files in UTF-8 are read in place. Those of other files must be copied by
/// `spool(_:)` first, unless the file was kept whole when it was decoded, as what a pipe delivered
/// always is.
public final class RecordFetcher: Sendable {
  private let reader: CorpusReader
  private let encodings: [TextEncoding]
  private let files: OpenFileCache
  private let spools = Mutex<[Int: RecordSpool]>([:])

  /// Reads what a reader has read.
  /// - Parameters:
  ///   - reader: the reader that found the records.
  ///   - encodings: the encoding of each of its sources.
  ///   - checkInterval: how long a plain file is read from without asking again whether it is the
  ///     one that was found.
  public init(
    _ reader: CorpusReader, encodings: [TextEncoding],
    checkInterval: Duration = .milliseconds(100)
  ) {
    self.reader = reader
    self.encodings = encodings
    files = OpenFileCache(sources: reader.sources, checkInterval: checkInterval)
  }

  /// Copies records of files that can be read only in order into a temporary file, with one pass over each file.
  ///
  /// Calls for different sources may run at the same time; a second call for a source replaces the
  /// first. Records of other sources are passed over. The records of one source do not overlap.
  ///
  /// - Throws: `changed` if a file is not as it was found, `cannotOpen`, `cannotRead` or
  ///   `cannotWrite`, and what decoding throws.
  /// - Complexity: O(n log n) for n records, and decoding each file up to its last record.
  public func spool(_ records: [RecordLocation]) throws(CorpusError) {
    let sequential = records.filter { isSequential(source: $0.source) }
    let sorted = sequential.sorted { ($0.source, $0.offset) < ($1.source, $1.offset) }
    guard !sorted.isEmpty else { return }
    let file = try SpoolFile(in: reader.options.temporaryFolder)
    var rest = sorted[...]
    while let first = rest.first {
      let ofSource = rest.prefix { $0.source == first.source }
      rest = rest.dropFirst(ofSource.count)
      let spool = try RecordSpool(
        copying: ofSource, of: reader.sources[first.source],
        in: encodings[first.source], to: file)
      spools.withLock { $0[first.source] = spool }
    }
  }

  /// Whether records of a source must be copied before they can be read: it can be decoded only from
  /// its start, and was not kept.
  public func isSequential(source index: Int) -> Bool {
    isDecoded(source: index) && !reader.decoded.contains(source: index)
  }

  /// Whether a source is a file that does not hold the bytes that its records consist of.
  private func isDecoded(source index: Int) -> Bool {
    let source = reader.sources[index]
    return !source.isPipe && (source.compression != .none || encodings[index] != .utf8)
  }

  /// Reads one record.
  ///
  /// - Throws: `changed` if the file is seen not to be as it was found, `cannotOpen` or `cannotRead`.
  public func read(_ record: RecordLocation, into buffer: RecordBuffer) throws(CorpusError) {
    unsafe try buffer.fill(record.byteCount) { target throws(CorpusError) in
      if reader.sources[record.source].isPipe {
        guard let spool = reader.spool(ofSource: record.source) else {
          throw missing(record, "has not been read yet")
        }
        unsafe try spool.read(into: target, at: record.offset)
      } else if !isDecoded(source: record.source) {
        let file = try buffer.file(ofSource: record.source, in: files)
        unsafe try file.fill(target, at: Int(record.offset))
      } else if reader.decoded.contains(source: record.source) {
        unsafe try reader.decoded.read(record, into: target)
      } else {
        guard let spool = spools.withLock({ $0[record.source] }) else {
          throw missing(record, "its records were not cached")
        }
        unsafe try spool.read(record, into: target)
      }
    }
  }

  private func missing(_ record: RecordLocation, _ what: String) -> CorpusError {
    CorpusError(.cannotRead, what, path: reader.sources[record.source].path)
  }
}
