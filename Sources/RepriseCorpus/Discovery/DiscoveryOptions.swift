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
  /// Folders that are never entered, for instance where results are written.
  public var excludedFolders: [FilePath] = []

  /// The defaults: every file that is not hidden, the format by name.
  public init() {}
}

/// The input files in corpus order, and what was left out.
public struct DiscoveredFiles: Sendable {
  /// The files: arguments in the order given, a folder's files in byte order of path components.
  public internal(set) var sources: [SourceFile] = []
  /// Entries of folders that could not be looked at.
  public internal(set) var problems: [CorpusError] = []
  /// Files and folders that were reached again by another way and not taken twice.
  public internal(set) var repeatedCount = 0
  /// Entries left out because their names begin with a dot.
  public internal(set) var hiddenCount = 0
  /// Entries left out by a pattern or as an excluded folder.
  public internal(set) var excludedCount = 0
  /// Folders left out because they hold results of an earlier run.
  public internal(set) var resultsFolderCount = 0
  /// Entries that are neither files nor folders.
  public internal(set) var specialCount = 0

  /// Nothing.
  public init() {}
}
