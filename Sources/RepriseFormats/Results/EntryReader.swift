/// Reads the entries of a results file one after another.
///
/// Memory is bounded by the longest line. Not thread-safe. The manifest has a reader that skips
/// lines without parsing them: ``ManifestReader``.
package final class EntryReader<Entry> {
  private let lines: LineReader
  private let read: (JSONTree) -> Entry?

  /// Opens a file of a results folder.
  ///
  /// - Parameters:
  ///   - name: the file.
  ///   - folder: the results folder.
  ///   - read: gives the entry of a line; nil if a field is missing or impossible.
  /// - Throws: `cannotOpen`.
  package init(
    _ name: ResultsFolder.Name, in folder: BytePath, _ read: @escaping (JSONTree) -> Entry?
  ) throws(CorpusError) {
    lines = try LineReader(folder.appending(name.path))
    self.read = read
  }

  /// Returns the next entry; nil after the last one.
  ///
  /// - Throws: `cannotRead`, `truncated`, or `invalidResults` with the line.
  package func next() throws(CorpusError) -> Entry? {
    guard let line = unsafe try lines.next() else { return nil }
    let tree: JSONTree
    do throws(JSONSyntaxError) {
      tree = unsafe try JSONTree(parsing: line)
    } catch {
      throw invalid(error.sentence)
    }
    guard let entry = read(tree) else {
      throw invalid("a field is missing or has an impossible value")
    }
    return entry
  }

  /// Skips a line without parsing it.
  ///
  /// - Returns: false after the last line.
  /// - Throws: as ``next()``.
  package func skip() throws(CorpusError) -> Bool { unsafe try lines.next() != nil }

  private func invalid(_ detail: String) -> CorpusError {
    .invalidResults(lines.path, detail, line: UInt64(lines.lineCount))
  }
}
