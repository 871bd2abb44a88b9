/// Refuses to clean Parquet files that would have to be rewritten.
enum UnchangedTables {
  /// Checks that no document of a Parquet file is removed or trimmed.
  ///
  /// - Throws: `cannotClean`, which names the file; `invalidResults` or `cannotRead`.
  /// - Complexity: O(documents) if there is such a file.
  static func check(
    _ inputs: [InputEntry], resultsFolder: BytePath, dropsUnreadable: Bool
  ) throws(CorpusError) {
    let tables = Set(
      inputs.filter { $0.format == .parquet && $0.wasReadWhole }.map { Array($0.source.text.utf8) })
    guard !tables.isEmpty else { return }
    let manifest = try ManifestReader(resultsFolder: resultsFolder)
    while let entry = try manifest.next() {
      guard entry.isChanged(dropsUnreadable: dropsUnreadable),
        tables.contains(Array(entry.source.utf8))
      else { continue }
      // A file that could not be read at all is left out as a whole.
      let isWhole = entry.status == .unreadable && entry.offset == 0
      let reason = entry.reason?.rawValue
      let isLost = CorpusError.isDamage(reason) || reason == CorpusError.Reason.otherFormat.name
      guard isWhole, isLost else {
        throw .cannotRewrite(BytePath(entry.source))
      }
    }
  }
}

extension ManifestEntry {
  /// Whether cleaning changes the document.
  func isChanged(dropsUnreadable: Bool) -> Bool {
    status == .drop || status == .trim || dropsUnreadable && status == .unreadable
  }
}

extension CorpusError {
  /// The error of a Parquet file of which documents are removed or trimmed.
  static func cannotRewrite(_ source: BytePath) -> Self {
    Self(
      .cannotClean,
      "documents of this Parquet file are dropped or trimmed, and Parquet files are not rewritten: "
        + "select the rows with the manifest, where \"offset\" is the row", path: source)
  }
}
