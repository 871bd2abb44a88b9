public import RepriseCorpus

/// Writes a corpus again without what a scan's manifest drops.
///
/// Names, formats and compression stay as they were; what is kept is the same bytes in the same
/// order. The output folder appears as a whole or not at all.
public enum Clean {
  /// Runs the job.
  /// - Parameters:
  ///   - results: the results folder of a scan.
  ///   - output: where the cleaned corpus goes: nothing or an empty folder.
  ///   - droppingUnreadable: true to leave out the documents that could not be read, too.
  ///   - control: what another thread may stop it by.
  ///   - onProgress: called now and then with the bytes read so far, decoded.
  /// - Returns: what was written.
  /// - Throws: what made it impossible, for instance an input that changed since the scan.
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
