/// A position in a text file, as compilers name it.
package struct TextPosition: Hashable, Comparable, Sendable {
  /// The line, from 1.
  package var line: Int
  /// The column in code points, from 1.
  package var column: Int

  /// Creates a position.
  package init(line: Int, column: Int) { (self.line, self.column) = (line, column) }

  /// Compares lines, then columns.
  package static func < (left: TextPosition, right: TextPosition) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// The lines of one text.
///
/// A line ends with a line feed. A byte order mark is not a column.
struct TextLines {
  private let text: [UInt8]
  private var starts = [0]

  /// - Complexity: O(bytes).
  init(_ text: [UInt8]) {
    self.text = text
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { starts[0] = 3 }
    for (index, byte) in text.enumerated() where byte == 0x0A { starts.append(index + 1) }
  }

  /// Returns the position of a byte offset.
  ///
  /// - Complexity: O(log lines + bytes of the line).
  func position(of offset: Int) -> TextPosition {
    var (low, high) = (0, starts.count)
    while low + 1 < high {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    let end = min(max(offset, starts[low]), text.count)
    // Each code point has one byte that does not continue another.
    let characters = text[starts[low]..<end].count { $0 & 0xC0 != 0x80 }
    return TextPosition(line: low + 1, column: characters + 1)
  }

  /// Returns the positions of a span; an end at the start of a line belongs to the line before.
  func positions(of span: Range<Int>) -> (start: TextPosition, end: TextPosition) {
    var end = span.upperBound
    if end > span.lowerBound, text[end - 1] == 0x0A { end -= 1 }
    if end > span.lowerBound, text[end - 1] == 0x0D { end -= 1 }
    return (position(of: span.lowerBound), position(of: end))
  }

  /// The bytes of a span, limited to the text.
  func bytes(_ span: Range<Int>) -> [UInt8] { Array(text[span.clamped(to: 0..<text.count)]) }

  /// The number of bytes.
  var byteCount: Int { text.count }
}
