import RepriseSystem

/// A new folder in `$TMPDIR`, else `/tmp`, removed with its content when this value is destroyed.
///
/// Do not use it for output: ``StagedFolder`` publishes a folder whole.
package final class TemporaryFolder: Sendable {
  /// The folder.
  package let path: BytePath

  /// Creates the folder.
  ///
  /// - Throws: `cannotWrite`.
  package init() throws(CorpusError) {
    let variable = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) }
    let parent = BytePath(variable.flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp")
    var template = parent.appending("reprise-XXXXXX").bytes.map { CChar(bitPattern: $0) } + [0]
    // In bounds: `mkdtemp` replaces the six last characters before the zero.
    let made = unsafe template.withUnsafeMutableBufferPointer { buffer in
      unsafe buffer.baseAddress.map { unsafe mkdtemp($0) != nil } ?? false
    }
    guard made else { throw .cannotWrite(parent, errno) }
    path = BytePath(template.dropLast().map { UInt8(bitPattern: $0) })
  }

  /// Creates a folder in it.
  ///
  /// - Throws: `cannotWrite`.
  package func newFolder(_ name: String) throws(CorpusError) -> BytePath {
    let folder = path.appending(BytePath(name))
    try FolderTree.create(folder, below: path)
    return folder
  }

  // What cannot be removed stays in the folder for temporary files, where the system removes it.
  deinit { try? FolderTree.remove(path) }
}
