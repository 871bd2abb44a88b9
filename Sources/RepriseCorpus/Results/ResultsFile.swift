import CKernels
import Glibc

/// One file of a results folder that is being written, a JSON object a line.
///
/// Lines are collected up to 256 KiB, which the cache holds, before they go to the system. The disk
/// begins to write while more lines come, so that in the end there is less to wait for.
public struct ResultsFile: ~Copyable, Sendable {
  private let file: OpenFile
  private let name: ResultsFolder.Name
  private let finished: FinishedFiles
  private var hasher: ChecksumHasher
  private var writer = JSONWriter(capacity: flushByteCount + (64 << 10))
  /// The number of lines so far.
  public private(set) var count = 0

  /// The bytes that the system has, and how many of them the disk was asked to write.
  private var (byteCount, begunByteCount) = (0, 0)

  private static let flushByteCount = 256 << 10
  private static let writingByteCount = 2 << 20

  /// Creates a file in a folder; once it is finished, it is among `finished`.
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

  /// Appends a record as a line.
  ///
  /// - Throws: `cannotWrite`.
  public mutating func append(
    _ record: borrowing some ResultEntry & ~Copyable
  ) throws(CorpusError) {
    record.write(to: &writer)
    try endLine()
  }

  /// Appends a line that `body` writes, for records that are put together from bytes.
  ///
  /// - Parameter body: Writes one JSON object.
  /// - Throws: `cannotWrite`.
  public mutating func append(_ body: (inout JSONWriter) -> Void) throws(CorpusError) {
    body(&writer)
    try endLine()
  }

  private mutating func endLine() throws(CorpusError) {
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

  /// Has the disk begin, once there is enough to write, now that the system has `count` bytes more.
  private mutating func beginWriting(_ count: Int) {
    byteCount += count
    let waiting = byteCount - begunByteCount
    guard waiting >= Self.writingByteCount else { return }
    reprise_begin_writing(file.descriptor, Int64(begunByteCount), Int64(waiting))
    begunByteCount = byteCount
  }

  /// Appends lines that were written elsewhere, for instance by several threads at once.
  ///
  /// - Parameters:
  ///   - lines: Whole lines; forgotten afterwards.
  ///   - count: Their number.
  /// - Throws: `cannotWrite`.
  public mutating func append(
    _ lines: inout JSONWriter, count: Int
  ) throws(CorpusError) {
    try flushOwn()
    let byteCount = lines.buffer.count
    unsafe lines.buffer.withUnsafeBytes { unsafe hasher.update($0) }
    try lines.buffer.flush(to: file)
    beginWriting(byteCount)
    self.count += count
  }

  /// Writes what is left and waits until the disk has it; without this the folder must not be
  /// committed.
  ///
  /// - Throws: `cannotWrite`.
  public mutating func finish() throws(CorpusError) {
    try flushOwn()
    guard fsync(file.descriptor) == 0 else { throw .cannotWrite(file.path, errno) }
    finished.add(
      ResultsFileRecord(
        name: name.rawValue, lineCount: count, checksum: hasher.checksum()))
  }
}
