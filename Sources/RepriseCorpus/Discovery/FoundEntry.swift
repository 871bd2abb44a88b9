/// A file or folder on the way to becoming a source: how it was reached, and what it is.
struct FoundEntry {
  var argument: FilePath
  /// What stands before the relative path in the output name.
  var outputPrefix: FilePath
  /// The path below the argument; empty for the argument itself.
  var relativePath: FilePath
  var status: FileStatus
  var workingFolder: FilePath

  var path: FilePath { argument.appending(relativePath) }

  /// An entry of this folder.
  func entry(_ name: FilePath) throws(CorpusError) -> FoundEntry {
    var entry = self
    entry.relativePath = relativePath.appending(name)
    entry.status = try FileStatus(of: entry.path)
    return entry
  }

  func source(format: RecordFormat?) -> SourceFile {
    let name = path.lastComponent
    let isPipe = status.kind == .pipe
    return SourceFile(
      path: path, absolutePath: path.isAbsolute ? path : workingFolder.appending(path),
      argument: argument,
      outputName: outputPrefix.appending(relativePath.bytes.isEmpty ? name : relativePath),
      status: status, format: format ?? RecordFormat(fileName: name),
      compression: isPipe ? .none : Compression(fileName: name), isPipe: isPipe)
  }
}
