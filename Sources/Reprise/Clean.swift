internal import RepriseEngine
public import RepriseFormats

/// Writes a cleaned copy of a corpus, without the documents and passages that a scan's manifest
/// drops or cuts.
///
/// Names, formats and compression stay the same, and the remaining content is copied byte for byte.
/// The output folder appears when it is complete, or not at all.
public struct Clean: Sendable {
  private let options: CleanOptions

  /// Creates a run.
  public init(_ options: CleanOptions) { self.options = options }

  /// Cleans the corpus.
  /// - Parameters:
  ///   - progress: called from time to time with the number of decoded bytes read so far.
  ///   - cancellation: lets another thread stop the run.
  /// - Returns: counts of the written and the removed content.
  /// - Throws: the first error, for instance an input that changed since the scan.
  /// - Complexity: O(bytes of the corpus).
  public func run(
    progress: (RunProgress) -> Void = { _ in }, cancellation: Cancellation = Cancellation()
  ) throws(RepriseError) -> CleaningReport {
    do throws(CorpusError) {
      let cleaning = try Cleaning(
        resultsFolder: options.results, output: options.output,
        dropsUnreadable: options.dropsUnreadable, addsColumns: options.addsColumns)
      return try cleaning.run(progress: progress, cancellation: cancellation)
    } catch {
      throw RepriseError(error, cancellation)
    }
  }
}
