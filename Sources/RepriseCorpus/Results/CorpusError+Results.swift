extension CorpusError.Reason {
  /// The place for an output is taken, or is no place for one.
  public static let invalidOutput = Self("invalid-output")
  /// A results folder is missing a file, or a file of it is not what this version writes.
  public static let invalidResults = Self("invalid-results")
  /// Cleaning has no rule for this input.
  public static let cannotClean = Self("cannot-clean")
}

extension CorpusError {
  /// A line of a results file that is not what this version writes.
  static func invalidResults(
    _ path: BytePath, _ detail: String, line: UInt64? = nil, byte: UInt64? = nil
  ) -> Self {
    Self(.invalidResults, detail, path: path, byte: byte, line: line)
  }
}
