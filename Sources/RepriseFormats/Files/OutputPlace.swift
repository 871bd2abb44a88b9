/// The path to which an output will be renamed, checked before any work is done.
struct OutputPlace: Sendable {
  /// The parent folder; empty for the working folder.
  let parent: BytePath
  /// The name in the parent folder.
  let name: BytePath
  /// The kind of the existing entry; `nil` if there is none.
  let kind: EntryKind?

  var path: BytePath { parent.appending(name) }

  /// Checks a path.
  ///
  /// - Parameters:
  ///   - path: the path.
  ///   - output: the kind of output for messages, such as "an output folder".
  /// - Throws: `invalidOutput` for a path without a name of its own, a symbolic link, or the root
  ///   of a file system; `cannotRead` if the system cannot tell what is there.
  init(_ path: BytePath, _ output: String) throws(CorpusError) {
    name = path.lastComponent
    guard !name.bytes.isEmpty, name != ".", name != ".." else {
      throw CorpusError(.invalidOutput, "\(output) needs a name of its own", path: path)
    }
    parent = path.parent ?? (path.isAbsolute ? "/" : "")
    kind = try FolderTree.kind(of: parent.appending(name))
    switch kind {
    case .link:
      throw CorpusError(
        .invalidOutput, "\(output) must not be a symbolic link: give the path that it leads to",
        path: self.path)
    case .folder:
      let above = try FileStatus(of: parent.bytes.isEmpty ? "." : parent)
      guard try FileStatus(of: self.path).device == above.device else {
        throw CorpusError(
          .invalidOutput,
          "\(output) is put in place by renaming, so it must not be the root of a file system",
          path: self.path)
      }
    default: break
    }
  }

  /// Checks the path of a folder that is to be written.
  ///
  /// - Throws: `invalidOutput` unless it is new or an empty folder, and as ``init(_:_:)``.
  static func newFolder(_ path: BytePath) throws(CorpusError) -> OutputPlace {
    let place = try OutputPlace(path, "an output folder")
    guard let kind = place.kind else { return place }
    guard kind == .folder else {
      throw CorpusError(.invalidOutput, "not a folder", path: path)
    }
    guard try FolderTree.names(in: path).isEmpty else {
      throw CorpusError(.invalidOutput, "the output folder is not empty", path: path)
    }
    return place
  }

  /// Returns the path of a hidden entry next to the output.
  func hidden(_ suffix: String) -> BytePath {
    parent.appending(BytePath(Array(".".utf8) + name.bytes + Array(suffix.utf8)))
  }
}
