import Glibc

/// Holds what a run writes apart from what it reads, and from each other, before any work is done.
public struct SeparatePlaces {
  private let output: BytePath
  private let outputPath: ResolvedPath

  /// Takes the place of the output.
  ///
  /// - Throws: `cannotRead` if the system cannot tell where a path leads; so do the other calls.
  public init(output: BytePath) throws(CorpusError) {
    self.output = output
    outputPath = try ResolvedPath(output)
  }

  /// Fails if the output and the scratch folder that the user named are the same, or one is in the
  /// other.
  ///
  /// - Throws: `invalidOutput`.
  public func check(scratch: ScratchFolder) throws(CorpusError) {
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

  /// Fails if something that is read is the output, the scratch folder or a file in one of them.
  ///
  /// - Parameters:
  ///   - inputs: the files and folders that the user named, signature files as well.
  ///   - scratch: where scratch files go.
  /// - Throws: `invalidOutput`.
  public func check(inputs: [BytePath], scratch: ScratchFolder) throws(CorpusError) {
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

/// A path from the root folder on, links followed as far as it exists.
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
    // The parent of "." is not its last name; but both exist, and never come here.
    return try resolve(above).appending(path.lastComponent)
  }

  /// What `realpath` says; `nil` if nothing has the path.
  private static func existing(_ path: BytePath) throws(CorpusError) -> BytePath? {
    let resolved = unsafe path.withCString { unsafe realpath($0, nil) }
    guard let text = unsafe resolved else {
      guard errno == ENOENT || errno == ENOTDIR else { throw .cannotRead(path, errno) }
      return nil
    }
    defer { unsafe free(text) }
    return unsafe BytePath(Array(UnsafeRawBufferPointer(start: text, count: strlen(text))))
  }

  /// Whether both are one file or folder, or will be.
  func isSame(as other: ResolvedPath) -> Bool {
    if path == other.path { return true }
    guard let identity, let second = other.identity else { return false }
    return identity.inode == second.inode && identity.device == second.device
  }

  /// Whether this is somewhere in the other one.
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
