public import RepriseFormats

/// Writes a cleaned copy of a corpus, without the documents and passages that a scan's manifest
/// drops or cuts.
///
/// Names, formats and compression stay the same, and the remaining content is copied byte for byte.
/// The output folder appears when it is complete, or not at all.
public enum Clean {
  /// Cleans the corpus.
  /// - Parameters:
  ///   - results: the results folder of a scan.
  ///   - output: the folder for the cleaned corpus: new or empty.
  ///   - droppingUnreadable: true to leave out documents that could not be read, too.
  ///   - control: lets another thread stop the run.
  ///   - onProgress: called from time to time with the number of decoded bytes read so far.
  /// - Returns: counts of the written and the removed content.
  /// - Throws: the first error, for instance an input that changed since the scan.
  /// - Complexity: O(bytes of the corpus).
  public static func run(
    results: BytePath, output: BytePath, droppingUnreadable: Bool = false,
    control: CleaningControl = CleaningControl(), onProgress: (Int) -> Void = { _ in }
  ) throws(RepriseError) -> CleaningReport {
    do throws(CorpusError) {
      let cleaning = try Cleaning(
        resultsFolder: results, output: output, dropsUnreadable: droppingUnreadable)
      return try cleaning.run(control, progress: onProgress)
    } catch {
      throw RepriseError(error)
    }
  }
}
