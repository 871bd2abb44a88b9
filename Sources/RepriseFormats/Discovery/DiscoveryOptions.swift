package import RepriseEngine

/// The rules that select files in the folders named by the user.
package struct DiscoveryOptions: Sendable {
  /// If not empty, only files in a folder that match one of these are included.
  package var include: [GlobPattern] = []
  /// Files and folders in a folder that match one of these are excluded.
  package var exclude: [GlobPattern] = []
  /// True to include names that begin with a dot.
  package var includesHidden = false
  /// True to leave out what the `.gitignore` and `.ignore` files in the folders name.
  package var readsIgnoreFiles = false
  /// The format of every file; nil to derive it from the name.
  package var format: RecordFormat?
  /// Files and folders that the run itself writes.
  ///
  /// They are not inputs, and are not counted.
  package var ownEntries: [BytePath] = []
  /// Ends the search when it is cancelled.
  package var cancellation: Cancellation?

  /// Creates the default options: every file that is not hidden, with the format by name.
  package init() {}
}

/// The input files in corpus order, and the entries that were left out.
package struct DiscoveredFiles: Sendable {
  /// The files: arguments in the given order, the files of a folder in byte order of path
  /// components.
  package var inputs: [InputFile] = []
  /// Errors of folder entries that could not be examined.
  package internal(set) var problems: [CorpusError] = []
  /// The numbers of folder entries that were left out.
  package internal(set) var leftOut = LeftOutEntries()

  /// Creates an empty result.
  package init() {}
}
