/// Formats two columns of text.
struct SideBySide {
  /// One side of a difference.
  struct Cell {
    /// The number of the line on which it begins.
    var number: String
    /// The equal words before it.
    var before: String
    /// The words that differ on this side.
    var text: String
    /// The equal words after it.
    var after: String
  }

  private let terminal: Terminal
  private let columnWidth: Int

  init(_ terminal: Terminal) {
    self.terminal = terminal
    columnWidth = max(16, (terminal.width - 5) / 2)
  }

  /// Returns two texts next to each other.
  func row(_ left: String, _ right: String) -> String {
    let left = left.fitted(to: columnWidth).aligned(left: columnWidth)
    return "  \(left) | \(right.fitted(to: columnWidth))"
  }

  /// Returns the words that differ, colored or in brackets, with the words around them.
  func difference(_ left: Cell, _ right: Cell) -> [String] {
    let (ones, others) = (lines(of: left), lines(of: right))
    return (0..<max(ones.count, others.count)).map { index in
      let one = index < ones.count ? ones[index] : Piece(plain: "", shown: "")
      let other = index < others.count ? others[index] : Piece(plain: "", shown: "")
      let space = String(repeating: " ", count: max(0, columnWidth - one.plain.columnCount))
      return "  \(one.shown)\(space) | \(other.shown)"
    }
  }

  /// A line without and with its colors.
  ///
  /// The width is that of the plain text.
  private struct Piece {
    var plain: String
    var shown: String
  }

  private func lines(of cell: Cell) -> [Piece] {
    let words =
      cell.before.split(separator: " ").map { (String($0), false) }
      + (cell.text.isEmpty ? [] : cell.text.split(separator: " ").map { (String($0), true) })
      + cell.after.split(separator: " ").map { (String($0), false) }
    var lines = [Piece(plain: cell.number + ":", shown: cell.number + ":")]
    for (word, differs) in words {
      let marked = differs && !terminal.hasColor ? "[\(word)]" : word
      let plain = marked.fitted(to: columnWidth - 3)
      let shown = differs ? terminal.red(plain) : plain
      if lines[lines.count - 1].plain.columnCount + 1 + plain.columnCount <= columnWidth {
        lines[lines.count - 1].plain += " " + plain
        lines[lines.count - 1].shown += " " + shown
      } else {
        lines.append(Piece(plain: "  " + plain, shown: "  " + shown))
      }
    }
    return lines
  }
}
