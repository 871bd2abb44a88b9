/// A line of a `.gitignore` file: names files and folders to be left out, or to be taken again.
///
/// The rules are those of `gitignore(5)`. Names are bytes, so `?` matches one byte.
struct IgnorePattern: Equatable, Sendable {
  /// True if what matches is taken again (`!` before the pattern).
  let isNegated: Bool
  private let isFolderOnly: Bool
  /// True if the pattern is matched against the path below the folder of its file, not the name.
  private let isPath: Bool
  private let tokens: [IgnoreToken]

  /// Parses a line without its line feed.
  ///
  /// - Returns: nil for a line that matches nothing: blank, a comment, or with an invalid bracket.
  init?(_ line: ArraySlice<UInt8>) {
    guard line.first != UInt8(ascii: "#") else { return nil }
    var line = line
    if line.last == 0x0D { line.removeLast() }
    line = Self.withoutLastSpaces(line)
    isNegated = line.first == UInt8(ascii: "!")
    if isNegated { line.removeFirst() }
    isFolderOnly = line.last == BytePath.separator
    if isFolderOnly { line.removeLast() }
    isPath = line.contains(BytePath.separator)
    if line.first == BytePath.separator { line.removeFirst() }
    guard !line.isEmpty, let tokens = IgnoreToken.parse(Array(line)) else { return nil }
    self.tokens = tokens
  }

  /// Returns whether an entry matches.
  ///
  /// - Parameters:
  ///   - path: its path below the folder of the pattern's file.
  ///   - name: its name.
  ///   - isFolder: true for a folder.
  /// - Returns: true if it matches; of all patterns, the last one that matches decides.
  /// - Complexity: O(pattern * path).
  func matches(_ path: ArraySlice<UInt8>, name: [UInt8], isFolder: Bool) -> Bool {
    if isFolderOnly && !isFolder { return false }
    return isPath ? IgnoreMatcher.matches(tokens, path) : IgnoreMatcher.matches(tokens, name[...])
  }

  /// Spaces at the end do not count, unless a backslash stands before them.
  private static func withoutLastSpaces(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var (end, index) = (line.startIndex, line.startIndex)
    while index < line.endIndex {
      let isEscape = line[index] == UInt8(ascii: "\\")
      let isSpace = line[index] == 0x20
      index = min(index + (isEscape ? 2 : 1), line.endIndex)
      if !isSpace { end = index }
    }
    return line[..<end]
  }
}
