import Glibc

/// An input file, with its state at the time when it was found.
public struct InputFile: Hashable, Sendable {
  /// The path as the user would write it, for messages and for opening.
  public var path: BytePath
  /// The absolute path, which is valid even after the working folder changed.
  public var absolutePath: BytePath
  /// The argument that led to the file.
  public var argument: BytePath
  /// The path below an output folder.
  ///
  /// It is unique among the inputs and never leaves the folder.
  public var outputName: BytePath
  /// The status of the file when it was found.
  public var status: FileStatus
  /// The format of the content.
  public var format: RecordFormat
  /// The compression of the bytes.
  public var compression: Compression
  /// True for standard input or a pipe, which can only be read once.
  public var isPipe: Bool
  /// True for a file of reference documents, which are only compared with others.
  public var isReference = false

  /// True for standard input.
  public var isStandardInput: Bool { path == Self.standardInputPath }

  /// The stored size of the file in bytes; 0 for a pipe.
  public var byteCount: UInt64 { isPipe ? 0 : status.byteCount }

  /// The argument for standard input.
  public static let standardInputPath: BytePath = "-"

  /// Opens the file for reading; throws if it is not the file that was found.
  func open() throws(CorpusError) -> OpenFile {
    if isStandardInput { return OpenFile(borrowing: STDIN_FILENO, path: path) }
    // Opening a pipe waits for a writer; without waiting it would appear empty.
    let file = isPipe ? try OpenFile(reading: path) : try OpenFile.file(reading: path)
    try check(file)
    return file
  }

  /// Checks that an open file has the identity, size and time that were found, or is still a pipe.
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
