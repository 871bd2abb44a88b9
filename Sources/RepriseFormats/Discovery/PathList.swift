/// Paths that are listed in a file, one a line, or separated by zeros if there is a zero.
///
/// Empty lines are skipped. Every other line is a path byte for byte, spaces included.
package struct PathList: Sendable {
  /// The file with the list; `-` is standard input.
  package let file: BytePath
  /// The paths, in order.
  package let paths: [BytePath]
  /// The line of each path, or its place among the entries that zeros separate, counted from 1.
  private let lines: [Int]
  private let isSeparatedByZeros: Bool

  /// The maximum size of a list in bytes.
  private static let limit = 1 << 30

  /// Reads a list, which may be compressed.
  ///
  /// - Throws: `cannotOpen` or `cannotRead`, decoding errors, and `recordTooLong` above 1 GiB.
  /// - Complexity: O(bytes).
  package init(reading file: BytePath) throws(CorpusError) {
    self.init(try InputFile.content(of: file, limit: Self.limit), file: file)
  }

  init(_ content: [UInt8], file: BytePath) {
    self.file = file
    isSeparatedByZeros = content.contains(0)
    var (paths, lines): ([BytePath], [Int]) = ([], [])
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let rest = content.starts(with: mark) ? content[mark.count...] : content[...]
    let entries = rest.split(
      separator: isSeparatedByZeros ? 0 : 0x0A, omittingEmptySubsequences: false)
    for (index, entry) in entries.enumerated() where !entry.isEmpty {
      paths.append(BytePath(Array(entry)))
      lines.append(index + 1)
    }
    (self.paths, self.lines) = (paths, lines)
  }

  /// Returns the error of one of the paths as an error of its line.
  func located(_ error: CorpusError, at index: Int) -> CorpusError {
    var located = error
    let subject = "\"\(error.path ?? paths[index])\" \(error.detail)"
    located.path = file
    located.line = isSeparatedByZeros ? nil : UInt64(lines[index])
    located.detail = isSeparatedByZeros ? "entry \(lines[index]), \(subject)" : subject
    return located
  }
}
