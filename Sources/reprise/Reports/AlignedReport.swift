internal import Reprise

/// Formats two texts next to each other, or one after the other where the terminal is narrow.
struct AlignedReport {
  private let terminal: Terminal
  private let isFull: Bool
  private let isStacked: Bool

  /// The narrowest terminal in which two columns are next to each other.
  private static let narrowest = 72
  /// The number of equal rows that stay next to a difference.
  private static let context = 1

  init(_ terminal: Terminal, isFull: Bool, isStacked: Bool) {
    self.terminal = terminal
    self.isFull = isFull
    self.isStacked = isStacked || terminal.width < Self.narrowest
  }

  private var columns: Int { isStacked ? terminal.width - 4 : (terminal.width - 5) / 2 }

  /// Returns a heading, and the rows; equal ones far from differences are counted instead.
  func lines(_ texts: AlignedTexts, _ first: String, _ second: String) -> [String] {
    let heads = [first, second].map { SafeText.line($0).fitted(to: columns) }
    var lines: [String]
    if isStacked {
      lines = ["  < " + heads[0], "  > " + heads[1]]
    } else {
      let rule = String(repeating: "-", count: columns)
      lines = [
        "  " + heads[0].aligned(left: columns) + " | " + heads[1], "  \(rule)-+-\(rule)",
      ]
    }
    var folded = 0
    for (index, row) in texts.rows.enumerated() {
      guard isFull || isNearDifference(index, texts.rows) else {
        folded += row.first.count
        continue
      }
      if folded > 0 { lines.append(foldedLine(folded)) }
      folded = 0
      lines += self.lines(of: row)
    }
    if folded > 0 { lines.append(foldedLine(folded)) }
    return lines
  }

  private func foldedLine(_ words: Int) -> String {
    "  ... \(Numbers.count(words, "equal word")) ..."
  }

  private func isNearDifference(_ index: Int, _ rows: [AlignedRow]) -> Bool {
    // The beginning is shown, so that a text without differences can be recognized.
    if index == 0 { return true }
    let around = max(0, index - Self.context)...min(rows.count - 1, index + Self.context)
    return around.contains { rows[$0].hasDifference }
  }

  private func lines(of row: AlignedRow) -> [String] {
    let left = WrappedWords(row.first, columns: columns, terminal).lines
    let right = WrappedWords(row.second, columns: columns, terminal).lines
    if isStacked {
      guard row.hasDifference else { return left.map { "    " + $0.shown } }
      return left.map { "  < " + $0.shown } + right.map { "  > " + $0.shown }
    }
    return (0..<max(left.count, right.count)).map { index in
      let one = index < left.count ? left[index] : WrappedWords.Line()
      let space = String(repeating: " ", count: columns - one.plain.columnCount)
      let other = index < right.count ? right[index].shown : ""
      let line = "  " + one.shown + space + " | " + other
      return other.isEmpty ? String(line.dropLast()) : line
    }
  }

  /// Returns one text.
  func lines(_ text: String, atMost limit: Int) -> [String] {
    let columns = terminal.width - 2
    var lines: [String] = []
    let text = isFull ? text : String(text.unicodeScalars.prefix(columns * (limit + 1)))
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let words = line.split(separator: " ").map {
        AlignedRow.Word(text: String($0), isMarked: false, isFollowedBySpace: true)
      }
      let wrapped = WrappedWords(words, columns: columns, terminal).lines
      lines += wrapped.isEmpty ? [""] : wrapped.map { "  " + $0.shown }
      if !isFull && lines.count > limit { break }
    }
    if isFull || lines.count <= limit { return lines }
    return Array(lines.prefix(limit)) + ["  ..."]
  }
}
