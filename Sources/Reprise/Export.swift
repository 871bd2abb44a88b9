internal import RepriseEngine
public import RepriseFormats

/// Writes the results of a scan for a spreadsheet: documents, clusters, pairs, passages and sources.
///
/// Do not use it to read results with a program; ``Results`` is for that.
public struct Export: Sendable {
  /// A spreadsheet that was written.
  public struct Sheet: Hashable, Sendable {
    /// The name of the file in the output folder.
    public let file: String
    /// The name of the spreadsheet.
    public let name: String
    /// The number of rows, without the heading.
    public let rowCount: Int
  }

  private let results: BytePath
  private let output: BytePath
  private let rules: SheetRules

  /// Creates a run.
  /// - Parameters:
  ///   - results: the results folder.
  ///   - output: the folder to write: new or empty.
  public init(results: BytePath, output: BytePath) {
    self.init(results: results, output: output, rules: SheetRules())
  }

  /// Creates a run.
  /// - Parameters:
  ///   - results: the results folder.
  ///   - output: the folder to write: new or empty.
  ///   - rules: how values are written.
  package init(results: BytePath, output: BytePath, rules: SheetRules) {
    (self.results, self.output, self.rules) = (results, output, rules)
  }

  /// Writes the files, all or none.
  ///
  /// - Parameter cancellation: lets another thread stop the run.
  /// - Returns: the spreadsheets, more than one of a kind where one could not have all rows; and failures
  ///   after they were written, such as a folder that could not be removed.
  /// - Throws: the first error, for instance results that are not those of a scan.
  /// - Complexity: O(bytes) of the results.
  public func run(
    cancellation: Cancellation = Cancellation()
  ) throws(RepriseError) -> (sheets: [Sheet], warnings: [RepriseError]) {
    do throws(CorpusError) {
      let (written, warnings) = try Exporting(results, to: output, rules).run(cancellation)
      return (
        written.map { Sheet(file: $0.file, name: $0.sheet, rowCount: $0.rowCount) },
        warnings.map { RepriseError($0) }
      )
    } catch {
      throw RepriseError(error, cancellation)
    }
  }
}
