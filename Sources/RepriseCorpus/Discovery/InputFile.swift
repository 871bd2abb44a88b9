import Glibc

/// One input file, as it was when it was found.
public struct InputFile: Hashable, Sendable {
  /// The path as the user would write it, good for messages and for opening.
  public var path: BytePath
  /// The same from the root folder on, good after the working folder changed.
  public var absolutePath: BytePath
  /// The argument that led to the file.
  public var argument: BytePath
  /// The name below an output folder: no two inputs share one, and none leaves the folder.
  public var outputName: BytePath
  /// What the system said about the file.
  public var status: FileStatus
  /// How the content is cut into records.
  public var format: RecordFormat
  /// How the bytes are packed.
  public var compression: Compression
  /// Whether this is standard input or a pipe, which can be read but once.
  public var isPipe: Bool

  /// Whether this is standard input.
  public var isStandardInput: Bool { path == Self.standardInputPath }

  /// The size of the file in bytes, before unpacking; 0 for a pipe.
  public var byteCount: UInt64 { isPipe ? 0 : status.byteCount }

  /// The argument that stands for standard input.
  public static let standardInputPath: BytePath = "-"

  /// Opens for reading, if this is still the file that was found.
  func open() throws(CorpusError) -> OpenFile {
    if isStandardInput { return OpenFile(borrowing: STDIN_FILENO, path: path) }
    // A pipe is opened when somebody writes to it; without the wait it would be empty.
    let file = isPipe ? try OpenFile(reading: path) : try OpenFile.file(reading: path)
    try check(file)
    return file
  }

  /// Checks that an open file still has the identity, size and time that were found, or is still a
  /// pipe.
  func check(_ file: borrowing OpenFile) throws(CorpusError) {
    if isStandardInput { return }
    let now = try file.status()
    guard now.kind == status.kind else {
      throw .changed(path, "a \(status.kind) when it was found, now a \(now.kind)")
    }
    guard now != status, !isPipe else { return }
    if now.byteCount != status.byteCount {
      let sizes = "\(status.byteCount) bytes when it was found, now \(now.byteCount)"
      throw .changed(path, sizes)
    }
    throw .changed(path, "its modification time or inode is different")
  }
}
