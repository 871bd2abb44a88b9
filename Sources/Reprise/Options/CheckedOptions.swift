internal import RepriseCore

/// The options of a run after they were checked.
struct CheckedOptions: Sendable {
  let input: InputOptions
  let matching: MatchingParameters
  var resources: ResourceOptions
  var output: OutputOptions
  let hooks: TestHooks

  /// Checks options.
  /// - Throws: an error that names the option that is out of range, and the range.
  init(_ options: ScanOptions) throws(RepriseError) {
    (input, resources, output) = (options.input, options.resources, options.output)
    hooks = options.hooks
    try Self.check(input, resumes: resources.resumes)
    try resources.check()
    matching = try options.matching.validated()
  }

  private static func check(_ input: InputOptions, resumes: Bool) throws(RepriseError) {
    guard input.paths.isEmpty != input.signatures.isEmpty else {
      throw .invalidParameter(
        input.paths.isEmpty
          ? "no path was given" : "paths and signature files cannot be scanned together")
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
