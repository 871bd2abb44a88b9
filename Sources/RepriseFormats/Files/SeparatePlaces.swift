import RepriseSystem

/// Checks that the paths a run writes to are separate from those it reads, and from each other.
///
/// An output inside an input folder is allowed: discovery skips it.
package struct SeparatePlaces {
  private let output: BytePath
  private let outputPath: ResolvedPath

  /// Resolves the path of the output.
  ///
  /// - Throws: `cannotRead` if the system cannot resolve a path. The other methods throw it, too.
  package init(output: BytePath) throws(CorpusError) {
    self.output = output
    outputPath = try ResolvedPath(output)
  }

  /// Checks that the output and a scratch folder named by the user are different, and that neither
  /// contains the other.
  ///
  /// - Throws: `invalidOutput`.
  package func check(scratch: ScratchFolder) throws(CorpusError) {
    guard let named = scratch.named else { return }
    let scratchPath = try ResolvedPath(named)
    if scratchPath.isSame(as: outputPath) {
      throw .refused(named, "the scratch folder must not be the output, \"\(output)\"")
    }
    if scratchPath.isBelow(outputPath) {
      throw .refused(named, "the scratch folder must not be in the output, \"\(output)\"")
    }
    if outputPath.isBelow(scratchPath) {
      throw .refused(output, "the output must not be in the scratch folder, \"\(named)\"")
    }
  }

  /// Checks that no input is the output or the scratch folder, or is inside one of them.
  ///
  /// - Parameters:
  ///   - inputs: the files and folders named by the user, including signature files.
  ///   - scratch: the scratch folder.
  /// - Throws: `invalidOutput`.
  package func check(inputs: [BytePath], scratch: ScratchFolder) throws(CorpusError) {
    let own = try ResolvedPath(scratch.path)
    let named = try scratch.named.map { path throws(CorpusError) in try ResolvedPath(path) }
    for input in inputs where input != InputFile.standardInputPath {
      let path = try ResolvedPath(input)
      if path.isSame(as: outputPath) || path.isBelow(outputPath) {
        throw .refused(output, "the output would replace the input \"\(input)\"")
      }
      if let named, let folder = scratch.named, path.isSame(as: named) {
        throw .refused(folder, "the scratch folder must not be an input")
      }
      if path.isSame(as: own) || path.isBelow(own) {
        throw .refused(input, "an input must not be in the folder of scratch files")
      }
    }
  }
}

/// An absolute path whose links are resolved as far as it exists.
private struct ResolvedPath {
  private let path: BytePath
  private let identity: FileStatus?

  init(_ path: BytePath) throws(CorpusError) {
    self.path = try Self.resolve(path)
    identity = try FolderTree.kind(of: self.path) == nil ? nil : FileStatus(of: self.path)
  }

  private static func resolve(_ path: BytePath) throws(CorpusError) -> BytePath {
    if let found = try existing(path) { return found }
    let above = path.parent ?? (path.isAbsolute ? "/" : ".")
    // The parent of "." is not its last name; but both exist, so they never reach this line.
    return try resolve(above).appending(path.lastComponent)
  }

  /// Returns the result of `realpath`; `nil` if the path does not exist.
  private static func existing(_ path: BytePath) throws(CorpusError) -> BytePath? {
    let resolved = unsafe path.withCString { unsafe realpath($0, nil) }
    guard let text = unsafe resolved else {
      guard errno == ENOENT || errno == ENOTDIR else { throw .cannotRead(path, errno) }
      return nil
    }
    defer { unsafe free(text) }
    return unsafe BytePath(Array(UnsafeRawBufferPointer(start: text, count: strlen(text))))
  }

  /// Returns whether both paths lead to the same file or folder, or will.
  func isSame(as other: ResolvedPath) -> Bool {
    if path == other.path { return true }
    guard let identity, let second = other.identity else { return false }
    return identity.inode == second.inode && identity.device == second.device
  }

  /// Returns whether this path is anywhere inside `other`.
  func isBelow(_ other: ResolvedPath) -> Bool {
    let folder = other.path.bytes
    return path.bytes.count > folder.count && path.bytes.starts(with: folder)
      && (folder.last == BytePath.separator || path.bytes[folder.count] == BytePath.separator)
  }
}

extension CorpusError {
  fileprivate static func refused(_ path: BytePath, _ rule: String) -> Self {
    Self(.invalidOutput, rule, path: path)
  }
}
