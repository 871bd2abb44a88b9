internal import RepriseCore
internal import RepriseEngine
internal import RepriseFormats

/// The files of a check, copied without the text that may repeat in them.
///
/// Copies have the same offsets, so lines and columns are those of the files.
struct CheckedFiles {
  /// The folder with the copies.
  let folder: BytePath
  /// The files by the names of their copies.
  private(set) var names: [String: String] = [:]
  /// The files that could not be read, and marks that do not fit together.
  private(set) var problems: [Problem] = []

  private static let markdown = ["md", "markdown", "mdx"]

  /// Finds and copies the files.
  ///
  /// - Parameters:
  ///   - options: the paths, and the text that may repeat.
  ///   - folder: the folder in which the copies are written.
  ///   - cancellation: ends the copying.
  /// - Throws: an error for a path or glob that is wrong, if nothing is found, or if a copy cannot
  ///   be written.
  init(
    _ options: CheckOptions, in folder: TemporaryFolder, _ cancellation: Cancellation
  ) throws(CorpusError) {
    self.folder = try folder.newFolder("files")
    var discovery = DiscoveryOptions()
    for glob in CheckOptions.included { discovery.include.append(try GlobPattern(glob)) }
    for glob in options.exclude { discovery.exclude.append(try GlobPattern(glob)) }
    discovery.readsIgnoreFiles = true
    discovery.format = .text
    discovery.cancellation = cancellation
    let found = try Discovery.find(options.paths, options: discovery)
    problems = found.problems.map { Problem($0) }
    var reading = ReadingOptions()
    reading.detectsEncodings = true
    for (number, input) in found.inputs.enumerated() {
      try cancellation.check()
      let text: [UInt8]
      do throws(CorpusError) {
        text = try InputFile.text(of: input.path, reading)
      } catch {
        problems.append(Problem(error))
        continue
      }
      // The order of the copies is that of the files.
      let copy = self.folder.appending(BytePath(String(10_000_000 + number)))
      names[copy.text] = CheckFindings.name(input.path.text)
      let name = input.path.text.lowercased()
      let quiet = QuietText(
        text, isMarkdown: Self.markdown.contains { name.hasSuffix("." + $0) },
        ignoresCode: options.ignoresCode)
      if let line = quiet.unclosedLine {
        problems.append(
          Problem(
            source: input.path.text, line: line, reason: .otherFormat,
            message: "\"\(input.path)\", line \(line): reprise: ignore-start has no ignore-end."))
      }
      try Self.write(quiet.blanked(text), to: copy)
    }
  }

  private static func write(_ bytes: [UInt8], to path: BytePath) throws(CorpusError) {
    let stream = try EncodedStream(creating: path, compression: .none)
    try unsafe bytes.span.bytes.withUnsafeBytes { buffer throws(CorpusError) in
      unsafe try stream.write(buffer)
    }
    try stream.finish()
  }

  /// A problem of a copy, as one of its file.
  func named(_ problem: Problem) -> Problem {
    guard let name = names[problem.source] else { return problem }
    var problem = problem
    problem.message = problem.message.replacing(problem.source, with: name)
    problem.source = name
    return problem
  }
}
