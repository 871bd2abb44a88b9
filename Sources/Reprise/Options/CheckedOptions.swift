internal import RepriseCore
internal import RepriseEngine
internal import RepriseFormats

/// The options of a run after they were checked.
struct CheckedOptions: Sendable {
  let input: InputOptions
  /// The paths of the lists in the options.
  let lists: [PathList]
  /// The reference documents, by what has them.
  let references: ReferencePaths
  let matching: MatchingParameters
  let preset: Preset?
  var resources: ResourceOptions
  var output: OutputOptions
  let hooks: TestHooks

  /// Checks options.
  ///
  /// Reads the lists of paths: standard input can be read only once.
  /// - Throws: an error that names the option that is out of range, and the range; the error of a
  ///   list that cannot be read.
  init(_ options: ScanOptions) throws(RepriseError) {
    (input, resources, output) = (options.input, options.resources, options.output)
    (preset, hooks) = (options.preset, options.hooks)
    try Self.check(input, resumes: resources.resumes)
    try resources.check()
    matching = try options.matching.validated()
    var lists: [PathList] = []
    for file in input.pathLists {
      do throws(CorpusError) {
        lists.append(try PathList(reading: file))
      } catch {
        throw RepriseError(error)
      }
    }
    self.lists = lists
    do throws(CorpusError) {
      references = try ReferencePaths(input.references)
    } catch {
      throw RepriseError(error)
    }
    guard references.signatures.isEmpty || !paths.contains("-") && !references.paths.contains("-")
    else {
      throw .invalidParameter(
        "standard input cannot be read together with signature files of reference documents")
    }
    guard !(input.pathLists.contains("-") && paths.contains("-")) else {
      throw .invalidParameter("standard input cannot be both a list of paths and an input")
    }
  }

  /// All paths to read, those of lists after the others.
  var paths: [BytePath] { lists.reduce(into: input.paths) { $0 += $1.paths } }

  /// Whether files are read, besides signature files.
  var readsFiles: Bool { input.signatures.isEmpty || !references.paths.isEmpty }

  private static func check(_ input: InputOptions, resumes: Bool) throws(RepriseError) {
    let hasPaths = !input.paths.isEmpty || !input.pathLists.isEmpty
    guard hasPaths == input.signatures.isEmpty else {
      throw .invalidParameter(
        !hasPaths
          ? "no path was given" : "paths and signature files cannot be scanned together")
    }
    guard input.pathLists.count(where: { $0 == "-" }) < 2 else {
      throw .invalidParameter("standard input cannot be two lists of paths")
    }
    guard !(resumes && input.paths.contains("-")) else {
      throw .invalidParameter("a run that reads standard input cannot be resumed")
    }
    guard !(resumes && !input.signatures.isEmpty) else {
      throw .invalidParameter("a scan of signature files cannot be resumed")
    }
    guard !input.textFields.isEmpty else {
      throw .invalidParameter("no field was named for the text")
    }
    if let delimiter = input.delimiter {
      let isAllowed = (0x20...0x7E).contains(delimiter) && delimiter != 0x22 || delimiter == 0x09
      guard isAllowed else {
        throw .invalidParameter(
          "the delimiter must be a tab or a visible ASCII character other than a quote")
      }
    }
    guard (1...TokenizedText.maximumByteCount).contains(input.maximumDocumentByteCount) else {
      throw .invalidParameter(
        "the document limit must be 1 byte to 1 GiB, not \(input.maximumDocumentByteCount) bytes")
    }
  }
}
