internal import RepriseFormats

/// The paths of reference documents: signature files, and all others.
struct ReferencePaths: Sendable {
  private(set) var signatures: [BytePath] = []
  /// Files and folders to read.
  private(set) var paths: [BytePath] = []

  /// Tells signature files from others by their first bytes.
  ///
  /// - Throws: `cannotOpen` or `cannotRead`.
  init(_ all: [BytePath]) throws(CorpusError) {
    for path in all {
      let isFile = path != InputFile.standardInputPath
      if isFile, try SignatureFile.isPresent(at: path) {
        signatures.append(path)
      } else {
        paths.append(path)
      }
    }
  }
}
