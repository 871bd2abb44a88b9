public import RepriseFormats

/// Writes the results of a scan for a spreadsheet: documents, clusters, pairs and passages.
///
/// Do not use it to read results with a program; ``Results`` is for that.
public struct Export: Sendable {
  /// A file that was written.
  public struct File: Hashable, Sendable {
    /// The name in the output folder.
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
  /// - Returns: the files; more than one of a kind where a spreadsheet could not read all rows.
  /// - Throws: the first error, for instance results that are not those of a scan.
  /// - Complexity: O(bytes) of the results.
  public func run(cancellation: Cancellation = Cancellation()) throws(RepriseError) -> [File] {
    do throws(CorpusError) {
      return try Exporting(results, to: output, rules).run(cancellation).map {
        File(name: $0.name, rowCount: $0.rowCount)
      }
    } catch {
      throw RepriseError(error, cancellation)
    }
  }
}
