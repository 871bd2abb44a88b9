import RepriseSystem

/// Finds the input files for a list of paths.
package enum Discovery {
  /// Finds the files for paths to files, to folders (with everything below them), and `-` for
  /// standard input.
  ///
  /// Symbolic links are followed. Each file and folder is included once, even if it is reached
  /// again. Patterns and the rule for hidden names apply inside folders, not to the paths
  /// themselves.
  ///
  /// - Parameters:
  ///   - paths: the paths.
  ///   - lists: more paths, which come after the others.
  ///   - references: paths of reference documents, whose files come before all others.
  ///   - options: the rules for the content of folders.
  /// - Returns: the files, and what was left out.
  /// - Throws: `cannotOpen` or `cannotRead` if one of the paths does not exist or cannot be listed,
  ///   with the line of its list; `nameCollision` if two files cannot be told apart by any part of
  ///   their paths; `nothingFound` if there is no file, or none that a pattern selects.
  package static func find(
    _ paths: [BytePath], lists: [PathList] = [], references: [BytePath] = [],
    options: DiscoveryOptions = DiscoveryOptions()
  ) throws(CorpusError) -> DiscoveredFiles {
    let working = workingFolder()
    let isOnly = lists.reduce(paths.count) { $0 + $1.paths.count } == 1
    var walk = try FolderWalk(options: options)
    for path in references {
      try add(path, isOnly: true, from: working, to: &walk)
      try checkReferences(path, &walk)
    }
    let referenceCount = walk.found.inputs.count
    for path in paths { try add(path, isOnly: isOnly, from: working, to: &walk) }
    for list in lists {
      for (index, path) in list.paths.enumerated() {
        do throws(CorpusError) {
          try add(path, isOnly: isOnly, from: working, to: &walk)
        } catch {
          throw error.path == path ? list.located(error, at: index) : error
        }
      }
    }
    try options.cancellation?.check()
    try walk.checkPatterns()
    let isEmpty = walk.found.inputs.count == referenceCount && walk.found.problems.isEmpty
    guard !isEmpty || paths.isEmpty && lists.isEmpty else {
      let places = (paths + lists.map(\.file)).map { "\"\($0)\"" }.joined(separator: ", ")
      throw CorpusError(.nothingFound, "there is no file to read in \(places)")
    }
    walk.found.inputs.replaceSubrange(
      referenceCount..., with: try OutputNames.distinct(Array(walk.found.inputs[referenceCount...]))
    )
    return walk.found
  }

  /// Marks the files that were found for a path of references.
  ///
  /// - Throws: `nothingFound` if there is none.
  private static func checkReferences(
    _ path: BytePath, _ walk: inout FolderWalk
  ) throws(CorpusError) {
    var isFound = false
    for index in walk.found.inputs.indices where !walk.found.inputs[index].isReference {
      walk.found.inputs[index].isReference = true
      isFound = true
    }
    guard isFound || !walk.found.problems.isEmpty || walk.found.leftOut.repeated > 0 else {
      throw CorpusError(.nothingFound, "there is no reference document to read in \"\(path)\"")
    }
  }

  /// Returns files that were found separately with names under which they can be written into one
  /// folder.
  ///
  /// - Throws: `nameCollision`.
  package static func named(_ inputs: [InputFile]) throws(CorpusError) -> [InputFile] {
    try OutputNames.distinct(inputs)
  }

  /// Adds what is at a path; `isOnly` is true if it is the only one.
  private static func add(
    _ path: BytePath, isOnly: Bool, from working: BytePath, to walk: inout FolderWalk
  ) throws(CorpusError) {
    if path == InputFile.standardInputPath { return try addStandardInput(to: &walk) }
    let status = try FileStatus(of: path)
    var entry = FoundEntry(
      argument: path, outputPrefix: "", relativePath: "", status: status, workingFolder: working)
    switch status.kind {
    case .file, .pipe: walk.addFile(entry)
    case .folder:
      if !isOnly { entry.outputPrefix = folderName(path) }
      try walk.addFolder(entry)
    case .device, .socket:
      throw CorpusError(
        .cannotOpen, "is a \(status.kind), neither a file nor a folder nor a pipe", path: path)
    }
  }

  /// Adds standard input if it can be read.
  private static func addStandardInput(to walk: inout FolderWalk) throws(CorpusError) {
    let path = InputFile.standardInputPath
    _ = try OpenFile.standardInput()
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
