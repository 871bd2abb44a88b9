package import RepriseEngine

/// Writes a copy of a corpus without the documents and passages that a manifest drops or cuts.
///
/// Every input of the summary is copied with the same relative name, compression and encoding. The
/// remaining content is copied byte for byte. JSON Lines records and rows of tables are dropped with
/// their line ends, and cut inside their text fields. A text file with no document left is not
/// written; a file of records always is. Of a Parquet file, the pages of which nothing is removed are
/// copied byte for byte. The output folder appears when it is complete, or not at all.
package final class Cleaning {
  /// The files to copy.
  package let inputs: [InputEntry]

  private let manifest: ResultsFileRecord
  private let resultsFolder: BytePath
  private let output: OutputPlace
  private let rules: TableRules
  private let dropsUnreadable: Bool
  private let addsColumns: Bool

  /// Reads the summary, and checks everything that can be checked before copying.
  ///
  /// - Parameters:
  ///   - resultsFolder: the results of a run.
  ///   - output: the folder for the cleaned corpus: new or empty.
  ///   - dropsUnreadable: true to leave out documents that could not be read, too.
  ///   - addsColumns: true to keep all documents, uncut, and to add columns to their records that say
  ///     what became of them.
  /// - Throws: `invalidResults`; `invalidOutput`; `cannotClean` for standard input or a name that
  ///   leaves the output folder; `nameCollision`; `changed` for a file whose size differs from that
  ///   in the run; `cannotOpen` or `cannotRead`.
  package init(
    resultsFolder: BytePath, output: BytePath, dropsUnreadable: Bool = false,
    addsColumns: Bool = false
  ) throws(CorpusError) {
    let summary = try Summary(readingFrom: resultsFolder)
    manifest = try summary.manifest(in: resultsFolder)
    inputs = summary.inputs
    rules = TableRules(
      textFields: summary.textFields, delimiter: summary.delimiter)
    self.resultsFolder = resultsFolder
    self.output = try OutputPlace.newFolder(output)
    self.dropsUnreadable = dropsUnreadable && !addsColumns
    self.addsColumns = addsColumns
    try Self.checkNames(inputs)
    for input in inputs { try input.checkSize(try FileStatus(of: input.source)) }
  }

  /// Copies the files.
  ///
  /// - Parameters:
  ///   - progress: called from time to time with the number of decoded bytes so far.
  ///   - cancellation: lets another thread stop the copying.
  /// - Returns: counts of the written and the removed content.
  /// - Throws: `changed` for a file whose content changed after the scan; `invalidResults`, also if
  ///   the manifest is not the one that the run wrote; `cannotClean`, `cannotOpen`, `cannotRead` or
  ///   `cannotWrite`; `stopped`. The output is then unchanged.
  package func run(
    progress: (RunProgress) -> Void = { _ in }, cancellation: Cancellation = Cancellation()
  ) throws(CorpusError) -> CleaningReport {
    let manifest = try ManifestCursor(resultsFolder: resultsFolder, written: manifest)
    let control = CleaningControl(cancellation)
    let staged = try control.begin { () throws(CorpusError) in
      try StagedFolder(for: output, .corpus)
    }
    do throws(CorpusError) {
      return try write(manifest, into: staged, progress, cancellation)
    } catch {
      // The control refers to the folder for as long as the caller has it.
      staged.discard()
      throw error
    }
  }

  private func write(
    _ manifest: ManifestCursor, into staged: StagedFolder, _ progress: (RunProgress) -> Void,
    _ cancellation: Cancellation
  ) throws(CorpusError) -> CleaningReport {
    var report = CleaningReport()
    for input in inputs {
      let target = staged.path.appending(input.path)
      if let folder = target.parent { try FolderTree.create(folder, below: staged.path) }
      let file = CleanedFile(input)
      let ranges = DropRanges(
        of: file, rules, in: manifest, dropsUnreadable: dropsUnreadable)
      let copy = FileCleaning(
        file: file, target: target, ranges: ranges, rules: rules,
        addsColumns: addsColumns)
      try copy.run(report: &report) { byteCount throws(CorpusError) in
        try cancellation.check()
        progress(RunProgress(phase: .cleaning, completed: byteCount, total: nil, documents: nil))
      }
    }
    try manifest.finish()
    try staged.synchronizeFiles()
    report.warnings = (staged.leftovers + (try staged.commit())).map(\.description)
    return report
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
