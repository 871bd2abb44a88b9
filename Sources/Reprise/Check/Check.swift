internal import RepriseCore
internal import RepriseEngine
package import RepriseFormats

/// Finds text that repeats in the files of a repository.
///
/// It is a ``Scan`` whose results are in a temporary folder, with lines and columns. For a corpus,
/// use ``Scan``.
package struct Check: Sendable {
  /// The result of a check.
  package struct Result: Sendable {
    /// The copies to report, by file and position.
    package internal(set) var reports: [CheckReport] = []
    /// The copies that the baseline accepts, by file and position.
    package internal(set) var accepted: [CheckReport] = []
    /// All findings, accepted ones included.
    package internal(set) var findings: [CheckFinding] = []
    /// The number of findings that the baseline accepts.
    package internal(set) var acceptedCount = 0
    /// The entries of the baseline that accept nothing any more.
    package internal(set) var unused: [CheckBaseline.Entry] = []
    /// The files that were read, sorted.
    package internal(set) var files: [String] = []
    /// The problems, by file and line.
    package internal(set) var problems: [Problem] = []
  }

  private let options: CheckOptions

  /// Creates a check.
  package init(_ options: CheckOptions) { self.options = options }

  /// Runs the check.
  ///
  /// - Parameters:
  ///   - baseline: the findings to accept.
  ///   - cancellation: lets another thread stop the check.
  /// - Returns: what repeats and is not accepted.
  /// - Throws: the error that ended the check.
  /// - Complexity: O(bytes of the files + findings x entries of the baseline).
  package func run(
    accepting baseline: CheckBaseline = CheckBaseline(),
    cancellation: Cancellation = Cancellation()
  ) throws(RepriseError) -> Result {
    let folder: TemporaryFolder
    do throws(CorpusError) {
      folder = try TemporaryFolder()
    } catch {
      throw RepriseError(error)
    }
    let files: CheckedFiles
    let groups: [[GlobPattern]]
    do throws(CorpusError) {
      groups = try options.groups.map { globs throws(CorpusError) in
        try globs.map { glob throws(CorpusError) in try GlobPattern(glob) }
      }
      files = try CheckedFiles(options, in: folder, cancellation)
    } catch {
      throw RepriseError(error, cancellation)
    }
    var result = Result()
    result.problems = files.problems
    guard !files.names.isEmpty else { return result }
    let scan = options.scan(files.folder, into: folder.path)
    let summary = try Scan(scan).run(cancellation: cancellation)
    do throws(CorpusError) {
      let found = try CheckFindings(scan.output.folder, names: files.names)
      result.findings = found.findings
      result.files = found.files
    } catch {
      throw RepriseError(error, cancellation)
    }
    if let report = options.report {
      try write(report, files, into: folder.path, cancellation)
    }
    result.problems += summary.firstProblems.sorted { $0.key < $1.key }.map {
      files.named($0.value)
    }
    var matching = BaselineMatching(baseline, files: Set(result.files))
    for finding in result.findings {
      let copies = matching.copies(of: finding)
      if copies.new.isEmpty { result.acceptedCount += 1 }
      result.reports += copies.new
      result.accepted += copies.accepted
    }
    result.unused = matching.unused
    let wanted = options.files.map { Set($0.map { CheckFindings.name($0.text) }) }
    for reports in [\Result.reports, \Result.accepted] {
      result[keyPath: reports].removeAll { report in
        let files = [report.copy.file, report.kept.file]
        return Self.isWithin(groups, files[0], files[1])
          || wanted.map { $0.isDisjoint(with: files) } ?? false
      }
      result[keyPath: reports].sort {
        ($0.copy.file, $0.copy.start, $0.copy.end) < ($1.copy.file, $1.copy.start, $1.copy.end)
      }
    }
    return result
  }

  /// Writes a report of all that repeats, whether it is accepted or not.
  ///
  /// A check cuts nothing, so the files are scanned again with cuts: they are the numbers of the report.
  private func write(
    _ report: BytePath, _ files: CheckedFiles, into folder: BytePath,
    _ cancellation: Cancellation
  ) throws(RepriseError) {
    var scan = options.scan(files.folder, into: folder)
    scan.matching.cuts.mode = .edited
    scan.output.folder = folder.appending("report")
    _ = try Scan(scan).run(cancellation: cancellation)
    var contents = Report.Options()
    contents.title = Self.title(options.paths)
    _ = try Report(
      results: scan.output.folder, output: report, options: contents, names: files.names
    ).run(cancellation: cancellation)
  }

  /// The name of the one folder or file of a check, else a general one.
  private static func title(_ paths: [BytePath]) -> String {
    let name = paths.count == 1 ? CheckFindings.name(paths[0].text) : ""
    return name.isEmpty || name == "." ? "the checked files" : name
  }

  /// Whether one of the groups has both files.
  private static func isWithin(_ groups: [[GlobPattern]], _ one: String, _ other: String) -> Bool {
    groups.contains { group in
      [one, other].allSatisfy { file in
        // A glob has no slash at its beginning.
        let path = BytePath(String(file.drop { $0 == "/" }))
        return group.contains { $0.matches(path, isFolder: false) }
      }
    }
  }
}
