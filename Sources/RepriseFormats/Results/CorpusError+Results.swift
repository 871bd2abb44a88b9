extension CorpusError.Reason {
  /// The path of an output is taken, or cannot be used for an output.
  package static let invalidOutput = Self("invalid-output")
  /// A results folder lacks a file, or has a file that this version does not write.
  package static let invalidResults = Self("invalid-results")
  /// An input that cannot be cleaned.
  package static let cannotClean = Self("cannot-clean")
}

extension CorpusError {
  /// A line of a results file that this version does not write.
  package static func invalidResults(
    _ path: BytePath, _ detail: String, line: UInt64? = nil, byte: UInt64? = nil
  ) -> Self {
    Self(.invalidResults, detail, path: path, byte: byte, line: line)
  }
}
