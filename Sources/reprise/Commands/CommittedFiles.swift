internal import Reprise
internal import RepriseSystem

/// The files of a git commit below the current folder, in a temporary folder.
struct CommittedFiles {
  private let folder: TemporaryFolder

  /// Writes the files of a commit.
  ///
  /// - Parameter reference: a branch, a tag or a commit.
  /// - Throws: ``CommandError``, if git does not know the commit or is not installed.
  init(_ reference: String) throws {
    guard !reference.isEmpty, !reference.hasPrefix("-") else {
      throw CommandError("--against needs a branch, a tag or a commit.")
    }
    do throws(CorpusError) {
      folder = try TemporaryFolder()
    } catch {
      throw CommandError(error.description)
    }
    let (archive, files) = (folder.path.appending("archive.tar"), folder.path.appending("files"))
    guard unsafe mkdir(files.text, 0o777) == 0,
      try Self.run(["git", "archive", "--format=tar", "--output=\(archive.text)", reference]),
      try Self.run(["tar", "-xf", archive.text, "-C", files.text])
    else {
      throw CommandError("the files of \"\(reference)\" could not be read with git.")
    }
  }

  /// Checks the files as they were.
  ///
  /// - Parameter options: the check of the current files, with paths below the current folder.
  /// - Returns: a baseline that accepts what repeated then.
  /// - Throws: ``CommandError``.
  func baseline(_ options: CheckOptions) throws -> CheckBaseline {
    let root = folder.path.appending("files")
    for path in options.paths
    where path.isAbsolute || path.text.split(separator: "/").contains("..") {
      throw CommandError("--against needs paths below this folder, not \"\(path)\".")
    }
    var options = options
    options.files = nil
    options.report = nil
    options.paths = options.paths.map(root.appending).filter(CheckFiles.exists)
    guard !options.paths.isEmpty else { return CheckBaseline() }
    let findings: [CheckFinding]
    do {
      findings = try Check(options).run().findings
    } catch {
      // The commit has no such files.
      if case .corpus(let reason) = error.reason, reason.reason == .nothingFound {
        return CheckBaseline()
      }
      throw CommandError(error)
    }
    return CheckBaseline(accepting: findings, below: root)
  }

  /// Runs a program and waits for it; true if it succeeds.
  private static func run(_ words: [String]) throws -> Bool {
    try ChildProcess(words).wait() == 0
  }
}
