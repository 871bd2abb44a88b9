/// Writes a corpus again without what a manifest drops or cuts.
///
/// Every input of the results' summary is copied under the same relative name and packed the same
/// way, byte for byte but for the dropped documents and the cuts of trimmed ones; a record of JSON
/// Lines goes with its line end, and is cut within its text field.
/// A text file all of whose documents are dropped is not written, a file of JSON Lines always is.
/// The output folder appears as a whole or not at all.
public final class Cleaning {
  /// The files that are copied.
  public let inputs: [InputEntry]

  private let manifest: ResultsFileRecord
  private let resultsFolder: BytePath
  private let output: OutputPlace
  private let textField: String
  private let dropsUnreadable: Bool

  /// Reads the summary and looks at everything that can be refused before a byte is copied.
  ///
  /// - Parameters:
  ///   - resultsFolder: The results of a run.
  ///   - output: Where the cleaned corpus goes: nothing or an empty folder.
  ///   - dropsUnreadable: Whether documents that could not be read are left out, too.
  /// - Throws: `invalidResults`; `invalidOutput`; `cannotClean` for standard input or a name that
  ///   leaves the output folder; `nameCollision`; `changed` for a file of another size than in the
  ///   run; `cannotOpen` or `cannotRead`.
  public init(
    resultsFolder: BytePath, output: BytePath, dropsUnreadable: Bool = false
  ) throws(CorpusError) {
    let summary = try Summary(readingFrom: resultsFolder)
    manifest = try summary.manifest(in: resultsFolder)
    inputs = summary.inputs
    textField = summary.configuration["text_field"]?.string ?? "text"
    self.resultsFolder = resultsFolder
    self.output = try Self.checked(output)
    self.dropsUnreadable = dropsUnreadable
    try Self.checkNames(inputs)
    for input in inputs { try input.checkSize(try FileStatus(of: input.source)) }
  }

  /// Copies the files.
  ///
  /// - Parameters:
  ///   - control: What another thread may stop it by.
  ///   - progress: Called from time to time with the number of decoded bytes so far.
  /// - Returns: What was written and left out.
  /// - Throws: `changed` for a file whose content changed after the scan; `invalidResults`, also if
  ///   the manifest is not the one that the run wrote; `cannotClean`, `cannotOpen`, `cannotRead` or
  ///   `cannotWrite`; `stopped`. The output is then as it was.
  public func run(
    _ control: CleaningControl = CleaningControl(), progress: (Int) -> Void = { _ in }
  ) throws(CorpusError) -> CleaningReport {
    let manifest = try ManifestCursor(resultsFolder: resultsFolder, written: manifest)
    let staged = try control.begin { () throws(CorpusError) in
      try StagedFolder(for: output, .corpus)
    }
    do throws(CorpusError) {
      return try write(manifest, into: staged, progress: progress)
    } catch {
      // The control refers to the folder for as long as the caller has it.
      staged.discard()
      throw error
    }
  }

  private func write(
    _ manifest: ManifestCursor, into staged: StagedFolder, progress: (Int) -> Void
  ) throws(CorpusError) -> CleaningReport {
    var report = CleaningReport()
    for input in inputs {
      let target = staged.path.appending(input.path)
      if let folder = target.parent { try FolderTree.create(folder, below: staged.path) }
      let file = CleanedFile(input)
      let ranges = DropRanges(
        of: file, textField: textField, in: manifest, dropsUnreadable: dropsUnreadable)
      let copy = FileCleaning(file: file, target: target, ranges: ranges)
      try copy.run(report: &report, progress: progress)
    }
    try manifest.finish()
    try staged.synchronizeFiles()
    report.warnings = staged.leftovers + (try staged.commit())
    return report
  }

  private static func checked(_ output: BytePath) throws(CorpusError) -> OutputPlace {
    let place = try OutputPlace(output, "an output folder")
    guard let kind = place.kind else { return place }
    guard kind == .folder else {
      throw CorpusError(.invalidOutput, "not a folder", path: output)
    }
    guard try FolderTree.names(in: output).isEmpty else {
      throw CorpusError(.invalidOutput, "the output folder is not empty", path: output)
    }
    return place
  }

  private static func checkNames(_ inputs: [InputEntry]) throws(CorpusError) {
    var names: Set<BytePath> = []
    var sources: Set<[UInt8]> = []
    for input in inputs {
      if input.source == "-" {
        throw CorpusError(.cannotClean, "standard input cannot be read again", path: input.source)
      }
      let parts = input.path.bytes.split(
        separator: BytePath.separator, omittingEmptySubsequences: false)
      guard parts.allSatisfy({ !$0.isEmpty && $0 != [0x2E] && $0 != [0x2E, 0x2E] }),
        !input.path.bytes.contains(0)
      else {
        throw CorpusError(
          .cannotClean, "the name does not lead to a file within the output folder",
          path: input.path)
      }
      guard names.insert(input.path).inserted else {
        throw CorpusError(
          .nameCollision, "two inputs would be written under this name", path: input.path)
      }
      guard sources.insert(Array(input.source.text.utf8)).inserted else {
        throw CorpusError(
          .cannotClean, "the summary names two inputs alike", path: input.source)
      }
    }
  }
}
