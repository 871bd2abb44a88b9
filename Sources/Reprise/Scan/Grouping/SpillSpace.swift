internal import RepriseFormats

/// Where numbers go that do not fit in the memory.
enum SpillSpace: Sendable {
  /// Temporary files in a folder.
  case folder(BytePath)
  /// Nowhere: the run has only its memory.
  case none

  /// True if there is such a place.
  var exists: Bool {
    if case .folder = self { true } else { false }
  }

  /// Creates a temporary file.
  ///
  /// - Throws: `cannotOpen`; `tooLittleMemory` if this run cannot have one.
  func makeFile() throws(CorpusError) -> TemporaryFile {
    guard case .folder(let folder) = self else {
      throw CorpusError.tooLittleMemory(
        "not enough memory: the buckets of the documents do not fit, and this run does not write a temporary "
          + "file")
    }
    return try TemporaryFile(in: folder)
  }
}
