import CKernels
package import RepriseEngine
import RepriseSystem
import Synchronization

/// A file of blocks with checksums, to which several threads append.
///
/// A block is valid only if it is complete. If a process is killed while it writes, the checksum
/// reveals the incomplete block.
package final class SignatureFile: Sendable {
  /// The path of the file.
  package let path: BytePath
  private let file: OpenFile
  private let end: Mutex<UInt64>
  private let lastSynchronization = Mutex<UInt64>(0)

  /// The number of appended bytes after which the disk is asked to write them.
  private static let synchronizedByteCount: UInt64 = 1 << 30

  private init(_ file: consuming OpenFile, end: UInt64) {
    path = file.path
    self.end = Mutex(end)
    self.file = file
  }

  /// Creates an empty file, replacing an existing one.
  ///
  /// - Throws: `cannotOpen`, also for a symbolic link, or `cannotWrite`.
  package static func create(_ path: BytePath) throws(CorpusError) -> SignatureFile {
    try create(path.lastComponent, in: OpenFolder(path.parent ?? (path.isAbsolute ? "/" : "")))
  }

  static func create(
    _ name: BytePath, in folder: borrowing OpenFolder
  ) throws(CorpusError) -> SignatureFile {
    let created = SignatureFile(
      try OpenFile(name, in: folder, flags: O_RDWR | O_CREAT), end: 0)
    try created.removeAll()
    return created
  }

  static func open(
    appendingTo name: BytePath, in folder: borrowing OpenFolder
  ) throws(CorpusError) -> SignatureFile {
    let file = try OpenFile(name, in: folder, flags: O_RDWR)
    let size = try file.status().byteCount
    let alignment = UInt64(SignatureBlock.alignment)
    return SignatureFile(file, end: (size + alignment - 1) / alignment * alignment)
  }

  /// Returns whether there is a file at a path that begins like a signature file.
  ///
  /// - Throws: `cannotRead` or `cannotOpen` if it cannot be examined.
  package static func isPresent(at path: BytePath) throws(CorpusError) -> Bool {
    guard try FileStatus(of: path).kind == .file else { return false }
    let file = try OpenFile.file(reading: path)
    return try unsafe withUnsafeTemporaryAllocation(byteCount: 8, alignment: 8) {
      room throws(CorpusError) in
      let count = unsafe try file.read(into: room, at: 0)
      return unsafe count == 8 && room.elementsEqual(SignatureBlock.magic)
    }
  }

  /// Returns whether an entry of a folder is a file that begins like a signature file.
  ///
  /// - Throws: `cannotRead` or `cannotOpen` if it cannot be examined.
  static func isSignatures(
    _ name: BytePath, in folder: borrowing OpenFolder
  ) throws(CorpusError) -> Bool {
    guard try folder.kind(of: name) == .file else { return false }
    let file = try OpenFile(name, in: folder, flags: O_RDONLY | O_NONBLOCK)
    return try unsafe withUnsafeTemporaryAllocation(byteCount: 8, alignment: 8) {
      room throws(CorpusError) in
      let count = unsafe try file.read(into: room, at: 0)
      return unsafe count == 8 && room.elementsEqual(SignatureBlock.magic)
    }
  }

  /// Opens a file for reading.
  ///
  /// - Throws: `cannotOpen`.
  package static func open(reading path: BytePath) throws(CorpusError) -> SignatureFile {
    let file = try OpenFile.file(reading: path)
    let size = try file.status().byteCount
    return SignatureFile(file, end: size)
  }

  /// Removes all blocks.
  ///
  /// - Throws: `cannotRead` or `cannotWrite`.
  package func removeAll() throws(CorpusError) {
    // Only if needed: ext4 writes a truncated file to the disk when it is closed, even if it was
    // removed and will never be read.
    if try file.status().byteCount > 0 {
      guard ftruncate(file.descriptor, 0) == 0 else { throw .cannotWrite(path, errno) }
    }
    end.withLock { $0 = 0 }
  }

  /// Returns the payload of a block, or its beginning.
  ///
  /// - Throws: `cannotRead`.
  package func payload(
    of block: SignatureBlock, atMost limit: Int = .max
  ) throws(CorpusError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: min(limit, block.payload.count))
    unsafe try bytes.withUnsafeMutableBufferPointer { bytes throws(CorpusError) in
      unsafe try read(into: UnsafeMutableRawBufferPointer(bytes), at: block.payload.lowerBound)
    }
    return bytes
  }

  /// The size of the file in bytes, including the padding after its last block.
  package var byteCount: UInt64 { end.withLock { $0 } }

  /// Appends a block.
  ///
  /// - Parameters:
  ///   - kind: the kind of content.
  ///   - run: the number that all blocks of the run have in common.
  ///   - input: for a chunk, its first input.
  ///   - number: for a chunk, its index in that input.
  ///   - buffer: the payload. This method fills in the header before it.
  /// - Returns: the header of the block.
  /// - Throws: `cannotWrite`, for instance if the disk is full.
  @discardableResult
  package func append(
    _ kind: SignatureBlock.Kind, run: UInt64, input: Int = 0, number: Int = 0,
    _ buffer: inout BlockBuffer
  ) throws(CorpusError) -> SignatureBlock {
    var block = SignatureBlock(
      kind: kind, run: run, input: UInt64(input), number: UInt64(number), payload: 0..<0,
      checksum: buffer.payloadChecksum)
    let place = end.withLock { end in
      let start = end + UInt64(SignatureBlock.headerByteCount)
      block.payload = start..<start + UInt64(buffer.payloadByteCount)
      defer { end = block.end }
      return end
    }
    let bytes = unsafe buffer.finish(block)
    unsafe try file.write(bytes, at: place)
    try synchronize(upTo: block.end)
    return block
  }

  /// Occasionally waits until the appended blocks are on the disk.
  ///
  /// Blocks that are not on the disk when the power fails must be computed again. This limits their
  /// number.
  private func synchronize(upTo place: UInt64) throws(CorpusError) {
    let isDue = lastSynchronization.withLock { last in
      guard place >= last + Self.synchronizedByteCount else { return false }
      last = place
      return true
    }
    guard isDue else { return }
    guard SystemCalls.synchronizeData(of: file.descriptor) == 0 else {
      throw .cannotWrite(path, errno)
    }
  }

  /// Waits until everything is on the disk.
  ///
  /// - Throws: `cannotWrite`.
  package func synchronize() throws(CorpusError) {
    guard fsync(file.descriptor) == 0 else { throw .cannotWrite(path, errno) }
  }

  /// Fills a buffer from an offset.
  ///
  /// - Throws: `cannotRead`, also if the file ends before.
  package func read(
    into target: UnsafeMutableRawBufferPointer, at place: UInt64
  ) throws(CorpusError) {
    let count = unsafe try file.read(into: target, at: place)
    guard count == target.count else { throw .cannotRead(path, EIO, byte: place) }
  }

  /// Reads from an offset and returns the number of bytes, which is lower at the end of the file.
  func available(
    into target: UnsafeMutableRawBufferPointer, at place: UInt64
  ) throws(CorpusError) -> Int {
    unsafe try file.read(into: target, at: place)
  }
}

extension CorpusError.Reason {
  /// Another process is writing to a file.
  package static let inUse = Self("in-use")
  /// A run was stopped before its end.
  package static let stopped = Self("stopped")
  /// A disk does not have the space that a run needs.
  package static let noRoom = Self("no-room")
  /// The memory limit is below the memory that a run needs.
  package static let tooLittleMemory = Self("too-little-memory")
  /// The inputs have more documents, or more that belong together, than a run can compare.
  package static let tooManyDocuments = Self("too-many-documents")
  /// A signature file was made with other parameters than those of the run that is to use it.
  package static let otherParameters = Self("other-parameters")
  /// The run to resume was a different one.
  package static let otherRun = Self("other-run")
  /// A signature file is damaged, incomplete, or of another version.
  package static let invalidSignatures = Self("invalid-signatures")
}

extension CorpusError {
  /// A run that was stopped before its end.
  ///
  /// - Parameter path: the file with the completed work, if it is known.
  /// - Returns: the error.
  package static func stopped(_ path: BytePath? = nil) -> Self {
    Self(.stopped, "the run was stopped", path: path)
  }

  /// A disk without the space that a run needs.
  ///
  /// - Parameters:
  ///   - folder: the folder on that disk.
  ///   - what: the needed and the free space.
  /// - Returns: the error.
  package static func noRoom(_ folder: BytePath, _ what: String) -> Self {
    Self(.noRoom, what, path: folder)
  }

  /// A memory limit that is too low for a run.
  ///
  /// - Parameter what: the needed memory and the limit.
  /// - Returns: the error.
  package static func tooLittleMemory(_ what: String) -> Self { Self(.tooLittleMemory, what) }

  /// More documents than a run can compare.
  ///
  /// - Parameter what: how many can be compared.
  /// - Returns: the error.
  package static func tooManyDocuments(_ what: String) -> Self { Self(.tooManyDocuments, what) }

  /// A signature file that cannot be used.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - what: a description of the error.
  ///   - reason: the class of the error.
  /// - Returns: the error.
  package static func unusableSignatures(
    _ path: BytePath, _ what: String, reason: Reason = .invalidSignatures
  ) -> Self {
    Self(reason, what, path: path)
  }
}
