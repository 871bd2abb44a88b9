/// A file or folder found during discovery, with the path by which it was reached.
struct FoundEntry {
  var argument: BytePath
  /// What stands before the relative path in the output name.
  var outputPrefix: BytePath
  /// The path below the argument; empty for the argument itself.
  var relativePath: BytePath
  var status: FileStatus
  var workingFolder: BytePath

  var path: BytePath { argument.appending(relativePath) }

  /// Returns an entry of this folder.
  func entry(_ name: BytePath) throws(CorpusError) -> FoundEntry {
    var entry = self
    entry.relativePath = relativePath.appending(name)
    entry.status = try FileStatus(of: entry.path)
    return entry
  }

  func input(format: RecordFormat?) -> InputFile {
    let name = path.lastComponent
    let isPipe = status.kind == .pipe
    return InputFile(
      path: path, absolutePath: path.isAbsolute ? path : workingFolder.appending(path),
      argument: argument,
      outputName: outputPrefix.appending(relativePath.bytes.isEmpty ? name : relativePath),
      status: status, format: format ?? RecordFormat(fileName: name),
      compression: isPipe ? .none : Compression(fileName: name), isPipe: isPipe)
  }
}
