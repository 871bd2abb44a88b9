/// Which files are taken from the folders that the user names.
public struct DiscoveryOptions: Sendable {
  /// Only files below a folder that match one of these are taken, if there are any.
  public var include: [GlobPattern] = []
  /// Files and folders below a folder that match one of these are left out.
  public var exclude: [GlobPattern] = []
  /// Whether names that begin with a dot are taken.
  public var includesHidden = false
  /// The format of every file, in place of what its name says.
  public var format: RecordFormat?
  /// Files and folders that the run writes itself: they are no input, and are not counted.
  public var ownEntries: [BytePath] = []

  /// The defaults: every file that is not hidden, the format by name.
  public init() {}
}

/// The input files in corpus order, and what was left out.
public struct DiscoveredFiles: Sendable {
  /// The files: arguments in the order given, a folder's files in byte order of path components.
  public internal(set) var inputs: [InputFile] = []
  /// Entries of folders that could not be looked at.
  public internal(set) var problems: [CorpusError] = []
  /// Entries of folders that were not taken.
  public internal(set) var leftOut = LeftOutEntries()

  /// Nothing.
  public init() {}
}
