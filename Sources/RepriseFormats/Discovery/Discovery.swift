import Glibc

/// Finds the input files for a list of paths.
public enum Discovery {
  /// Finds the files for paths to files, to folders (with everything below them), and `-` for
  /// standard input.
  ///
  /// Symbolic links are followed. Each file and folder is included once, even if it is reached
  /// again. Patterns and the rule for hidden names apply inside folders, not to the paths
  /// themselves.
  ///
  /// - Throws: `cannotOpen` or `cannotRead` if one of the paths does not exist or cannot be listed,
  ///   `nameCollision` if two files would have the same output name, `nothingFound` if there is no
  ///   file, or none that a pattern selects.
  public static func find(
    _ paths: [BytePath], options: DiscoveryOptions = DiscoveryOptions()
  ) throws(CorpusError) -> DiscoveredFiles {
    let working = workingFolder()
    var walk = try FolderWalk(options: options)
    for path in paths {
      if path == InputFile.standardInputPath {
        try addStandardInput(to: &walk)
        continue
      }
      let status = try FileStatus(of: path)
      var entry = FoundEntry(
        argument: path, outputPrefix: "", relativePath: "", status: status, workingFolder: working)
      switch status.kind {
      case .file, .pipe: walk.addFile(entry)
      case .folder:
        if paths.count > 1 { entry.outputPrefix = folderName(path) }
        try walk.addFolder(entry)
      case .device, .socket:
        throw CorpusError(
          .cannotOpen, "is a \(status.kind), neither a file nor a folder nor a pipe", path: path)
      }
    }
    try options.cancellation?.check()
    try walk.checkPatterns()
    guard !walk.found.inputs.isEmpty || !walk.found.problems.isEmpty else {
      let places = paths.map { "\"\($0)\"" }.joined(separator: ", ")
      throw CorpusError(.nothingFound, "there is no file to read in \(places)")
    }
    try OutputNames.check(walk.found.inputs)
    return walk.found
  }

  /// Checks that files that were found separately can be written into one folder.
  ///
  /// - Throws: `nameCollision`.
  public static func check(_ inputs: [InputFile]) throws(CorpusError) {
    try OutputNames.check(inputs)
  }

  /// Adds standard input if it can be read.
  ///
  /// If it was closed, a different file may have its descriptor.
  private static func addStandardInput(to walk: inout FolderWalk) throws(CorpusError) {
    let path = InputFile.standardInputPath
    let flags = fcntl(STDIN_FILENO, F_GETFL)
    guard flags >= 0, flags & O_ACCMODE != O_WRONLY else {
      throw CorpusError(.cannotOpen, "standard input is closed", path: path)
    }
    guard !walk.found.inputs.contains(where: \.isStandardInput) else {
      walk.found.leftOut.repeated += 1
      return
    }
    let format = walk.options.format ?? .text
    walk.found.inputs.append(
      InputFile(
        path: path, absolutePath: path, argument: path,
        outputName: BytePath(format == .text ? "stdin.txt" : "stdin.\(format.rawValue)"),
        status: FileStatus(stat()), format: format, compression: .none, isPipe: true))
  }

  /// Returns the name of a folder, even if its path ends in dots.
  private static func folderName(_ path: BytePath) -> BytePath {
    let name = path.lastComponent
    guard name == "." || name == ".." else { return name }
    return unsafe path.withCString { text in
      guard let resolved = unsafe realpath(text, nil) else { return "" }
      defer { unsafe free(resolved) }
      return unsafe BytePath(String(cString: resolved)).lastComponent
    }
  }

  private static func workingFolder() -> BytePath {
    guard let text = unsafe getcwd(nil, 0) else { return "" }
    defer { unsafe free(text) }
    let count = unsafe strlen(text)
    return unsafe BytePath(Array(UnsafeRawBufferPointer(start: text, count: count)))
  }
}
