import RepriseSystem

/// An input file, with its state at the time when it was found.
package struct InputFile: Hashable, Sendable {
  /// The path as the user would write it, for messages and for opening.
  package var path: BytePath
  /// The absolute path, which is valid even after the working folder changed.
  package var absolutePath: BytePath
  /// The argument that led to the file.
  package var argument: BytePath
  /// The path below an output folder.
  ///
  /// It is unique among the inputs and never leaves the folder.
  package var outputName: BytePath
  /// The status of the file when it was found.
  package var status: FileStatus
  /// The format of the content.
  package var format: RecordFormat
  /// The compression of the bytes.
  package var compression: Compression
  /// True for standard input or a pipe, which can only be read once.
  package var isPipe: Bool
  /// True for a file of reference documents, which are only compared with others.
  package var isReference = false
  /// The bytes of the file that are read: pieces whose middle is among them; nil for all.
  package var part: Range<UInt64>?

  /// True for standard input.
  package var isStandardInput: Bool { path == Self.standardInputPath }

  /// The stored size of the file in bytes; 0 for a pipe.
  package var byteCount: UInt64 { isPipe ? 0 : status.byteCount }

  /// The number of bytes that are read.
  package var readByteCount: UInt64 { part.map { $0.upperBound - $0.lowerBound } ?? byteCount }

  /// Whether one of the equal pieces into which the file is divided is read.
  ///
  /// - Parameters:
  ///   - piece: its number, from 0.
  ///   - count: the number of pieces; 1 for a file that is read as a whole.
  /// - Returns: true if its middle is in the part.
  package func isRead(piece: Int, of count: Int) -> Bool {
    guard let part else { return true }
    let middle = UInt128(byteCount) * UInt128(2 * piece + 1) / UInt128(2 * count)
    return part.contains(UInt64(middle))
  }

  /// The argument for standard input.
  package static let standardInputPath: BytePath = "-"

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
