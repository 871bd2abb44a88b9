internal import CArguments
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
    var arguments: [UnsafeMutablePointer<CChar>?] = unsafe words.map { unsafe strdup($0) } + [nil]
    defer { for index in words.indices { unsafe free(arguments[index]) } }
    var process = pid_t()
    let error = unsafe posix_spawnp(&process, words[0], nil, nil, &arguments, reprise_environment())
    guard error == 0 else {
      throw CommandError(
        "\(words[0]) cannot be started: \(unsafe String(cString: strerror(error))).")
    }
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { return false }
    }
    return status == 0
  }
}
