import CKernels
import RepriseSystem

/// A JSON Lines file of a results folder while it is written.
///
/// Lines are collected up to 256 KiB, which fit in the cache, before they are written. The disk is
/// asked to begin writing early, so that less is left to wait for at the end.
package struct ResultsFile: ~Copyable, Sendable {
  private let file: OpenFile
  private let name: ResultsFolder.Name
  private let finished: FinishedFiles
  private var hasher: ChecksumHasher
  private var writer = JSONWriter(capacity: flushByteCount + (64 << 10))
  /// The number of lines so far.
  package private(set) var count = 0

  /// The number of bytes passed to the system, and the number of them that the disk was asked to
  /// write.
  private var (byteCount, begunByteCount) = (0, 0)

  private static let flushByteCount = 256 << 10
  private static let writingByteCount = 2 << 20

  /// Creates a file in a folder, and adds it to `finished` once it is complete.
  init(
    creating name: ResultsFolder.Name, in folder: BytePath, _ finished: FinishedFiles
  ) throws(CorpusError) {
    let path = folder.appending(name.path)
    let hasher = try ChecksumHasher(path: path)
    let file = try OpenFile(path, flags: O_WRONLY | O_CREAT | O_EXCL)
    (self.name, self.finished) = (name, finished)
    self.hasher = hasher
    self.file = file
  }

  /// Appends an entry as a line.
  ///
  /// - Throws: `cannotWrite`.
  package mutating func append(
    _ record: borrowing some ResultEntry & ~Copyable
  ) throws(CorpusError) {
    record.write(to: &writer)
    try endLine()
  }

  /// Appends a line that `body` writes, for entries that are assembled from bytes.
  ///
  /// - Parameter body: writes one JSON object.
  /// - Throws: `cannotWrite`.
  package mutating func append(_ body: (inout JSONWriter) -> Void) throws(CorpusError) {
    body(&writer)
    try endLine()
  }

  /// Appends a piece of a line that is too large to be assembled in memory.
  ///
  /// ``endLine()`` must follow the last piece.
  ///
  /// - Parameter body: writes a piece of one JSON object.
  /// - Throws: `cannotWrite`.
  package mutating func appendPiece(_ body: (inout JSONWriter) -> Void) throws(CorpusError) {
    body(&writer)
    if writer.buffer.count >= Self.flushByteCount { try flushOwn() }
  }

  /// Ends a line that was appended in pieces.
  ///
  /// - Throws: `cannotWrite`.
  package mutating func endLine() throws(CorpusError) {
    writer.endLine()
    count += 1
    if writer.buffer.count >= Self.flushByteCount { try flushOwn() }
  }

  private mutating func flushOwn() throws(CorpusError) {
    let count = writer.buffer.count
    unsafe writer.buffer.withUnsafeBytes { unsafe hasher.update($0) }
    try writer.buffer.flush(to: file)
    beginWriting(count)
  }

  /// Counts bytes that were passed to the system, and asks the disk to begin writing if there are
  /// enough.
  private mutating func beginWriting(_ count: Int) {
    byteCount += count
    let waiting = byteCount - begunByteCount
    guard waiting >= Self.writingByteCount else { return }
    reprise_begin_writing(file.descriptor, Int64(begunByteCount), Int64(waiting))
    begunByteCount = byteCount
  }

  /// Appends lines that were produced elsewhere, for instance by several threads.
  ///
  /// - Parameters:
  ///   - lines: whole lines; emptied by the call.
  ///   - count: the number of lines.
  /// - Throws: `cannotWrite`.
  package mutating func append(
    _ lines: inout JSONWriter, count: Int
  ) throws(CorpusError) {
    try flushOwn()
    let byteCount = lines.buffer.count
    unsafe lines.buffer.withUnsafeBytes { unsafe hasher.update($0) }
    try lines.buffer.flush(to: file)
    beginWriting(byteCount)
    self.count += count
  }

  /// Writes the remaining lines and waits until the file is on the disk.
  ///
  /// The folder must not be committed before.
  ///
  /// - Throws: `cannotWrite`.
  package mutating func finish() throws(CorpusError) {
    try flushOwn()
    guard fsync(file.descriptor) == 0 else { throw .cannotWrite(file.path, errno) }
    finished.add(
      ResultsFileRecord(
        name: name.rawValue, lineCount: count, checksum: hasher.checksum()))
  }
}
