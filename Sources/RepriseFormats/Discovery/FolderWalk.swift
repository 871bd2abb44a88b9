/// Collects the files below folders, each file and folder once.
struct FolderWalk {
  let options: DiscoveryOptions
  var found = DiscoveredFiles()
  private var seenFiles: Set<FileIdentity> = []
  private var seenFolders: Set<FileIdentity> = []
  private let ownEntries: Set<FileIdentity>
  /// The patterns of which no file was found yet.
  private var unmatched: [GlobPattern]
  private var hasFolder = false
  /// The patterns of ignore files in the folder that is being read and those above it.
  private var ignoring = IgnoreRules()

  struct FileIdentity: Hashable {
    var device: UInt64
    var inode: UInt64

    init(_ status: FileStatus) {
      device = status.device
      inode = status.inode
    }
  }

  /// Prepares to collect files.
  ///
  /// - Throws: `cannotOpen` if the system cannot tell whether something that the run writes is
  ///   there: it could be among the inputs.
  init(options: DiscoveryOptions) throws(CorpusError) {
    self.options = options
    unmatched = options.include
    var own: Set<FileIdentity> = []
    for path in options.ownEntries {
      // What does not exist cannot be reached either.
      if let status = try FileStatus.ofAny(at: path) { own.insert(FileIdentity(status)) }
    }
    ownEntries = own
  }

  /// Takes a folder and what is below it.
  ///
  /// - Throws: `cannotOpen` or `cannotRead` if the folder cannot be listed, or if it may be one
  ///   that Reprise made; then nothing in it is taken.
  mutating func addFolder(_ folder: FoundEntry) throws(CorpusError) {
    hasFolder = true
    let identity = FileIdentity(folder.status)
    if ownEntries.contains(identity) { return }
    // This also prevents endless loops of symbolic links.
    guard seenFolders.insert(identity).inserted else {
      found.leftOut.repeated += 1
      return
    }
    let names = try FolderEntries.names(in: folder.path)
    if names.contains(ResultsMarker.fileName), try ResultsMarker.isPresent(in: folder.path) {
      found.leftOut.resultsFolders += 1
      return
    }
    if names.contains(MarkedFolder.marker), try MarkedFolder.isMarked(folder.path) { return }
    let above = ignoring
    defer { ignoring = above }
    if options.readsIgnoreFiles { found.problems += ignoring.enter(folder, entries: names) }
    for name in names {
      try options.cancellation?.check()
      do throws(CorpusError) {
        try add(name, in: folder)
      } catch {
        found.problems.append(error)
      }
    }
  }

  /// Checks that every pattern that selects files has found one.
  ///
  /// - Throws: `nothingFound` for the first that has not.
  func checkPatterns() throws(CorpusError) {
    guard hasFolder, let pattern = unmatched.first else { return }
    throw CorpusError(
      .nothingFound, "no file in the folders matches the pattern \"\(pattern.text)\"")
  }

  /// Adds one file, unless it was reached before.
  mutating func addFile(_ file: FoundEntry) {
    guard seenFiles.insert(FileIdentity(file.status)).inserted else {
      found.leftOut.repeated += 1
      return
    }
    found.inputs.append(file.input(format: options.format))
  }

  // Folders that runs work in have hidden names, and are not there in every run. Nothing in them is
  // taken, so a failure only makes the number of hidden names greater.
  private func isOwn(_ name: BytePath, in folder: FoundEntry) -> Bool {
    guard let entry = try? folder.entry(name), entry.status.kind == .folder else { return false }
    if ownEntries.contains(FileIdentity(entry.status)) { return true }
    return (try? MarkedFolder.isMarked(entry.path)) ?? false
  }

  private mutating func add(_ name: BytePath, in folder: FoundEntry) throws(CorpusError) {
    if !options.includesHidden, name.bytes.first == UInt8(ascii: ".") {
      found.leftOut.hidden += isOwn(name, in: folder) ? 0 : 1
      return
    }
    let entry = try folder.entry(name)
    let isFolder = entry.status.kind == .folder
    if !isFolder { unmatched.removeAll { $0.matches(entry.relativePath, isFolder: false) } }
    let isExcluded = options.exclude.contains {
      $0.matches(entry.relativePath, isFolder: isFolder)
    }
    let isIncluded =
      isFolder || options.include.isEmpty
      || options.include.contains { $0.matches(entry.relativePath, isFolder: false) }
    let isIgnored = options.readsIgnoreFiles && ignoring.leavesOut(entry)
    if isExcluded || isIgnored || !isIncluded {
      found.leftOut.excluded += 1
      return
    }
    switch entry.status.kind {
    case .file: addFile(entry)
    case .folder: try addFolder(entry)
    case .pipe, .device, .socket: found.leftOut.special += 1
    }
  }
}
