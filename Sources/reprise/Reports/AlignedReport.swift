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
  /// The number of rows without a word in common that stay at the beginning of a stretch, and at its end.
  private static let differing = (first: 2, last: 1)
  /// The number of rows with differences that are shown.
  private static let differenceLimit = 1000

  init(_ terminal: Terminal, isFull: Bool, isStacked: Bool) {
    self.terminal = terminal
    self.isFull = isFull
    self.isStacked = isStacked || terminal.width < Self.narrowest
  }

  private var columns: Int { isStacked ? terminal.width - 4 : (terminal.width - 5) / 2 }

  /// Returns a heading, and the rows.
  ///
  /// These are counted instead, unless all text is asked for: equal rows far from differences, the middle of long
  /// stretches that differ, and what follows very many rows with differences.
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
    let isShown = isFull ? nil : shown(texts)
    var folded = Folded()
    for index in 0..<texts.rowCount {
      guard isShown?[index] ?? true else {
        folded.add(texts, index)
        continue
      }
      lines += self.lines(of: &folded)
      lines += self.lines(of: texts.row(index))
    }
    return lines + self.lines(of: &folded)
  }

  /// Which rows are shown.
  private func shown(_ texts: AlignedTexts) -> [Bool] {
    let count = texts.rowCount
    var isShown = [Bool](repeating: false, count: count)
    // The beginning is shown, so that a text without differences can be recognized.
    if count > 0 { isShown[0] = true }
    var (differences, stretch) = (0, 0)
    for index in 0..<count where texts.hasDifference(index) {
      stretch = texts.isAllDifferent(index) ? stretch + 1 : 0
      let isInMiddle =
        stretch > Self.differing.first
        && (index + 1...index + Self.differing.last).allSatisfy {
          $0 < count && texts.isAllDifferent($0)
        }
      if isInMiddle { continue }
      differences += 1
      guard differences <= Self.differenceLimit else { break }
      for near in max(0, index - Self.context)...min(count - 1, index + Self.context)
      where near == index || !texts.hasDifference(near) { isShown[near] = true }
    }
    return isShown
  }

  /// The words of rows that are not shown.
  private struct Folded {
    var equal = 0
    var onlyFirst = 0
    var onlySecond = 0

    mutating func add(_ texts: AlignedTexts, _ index: Int) {
      let counts = texts.wordCounts(index)
      let common = texts.commonCount(index)
      equal += common
      onlyFirst += counts.first - common
      onlySecond += counts.second - common
    }
  }

  /// The lines that count the words left out; none if all words are shown.
  private func lines(of folded: inout Folded) -> [String] {
    defer { folded = Folded() }
    guard folded.equal + folded.onlyFirst + folded.onlySecond > 0 else { return [] }
    var parts: [String] = []
    if folded.equal > 0 { parts.append(Numbers.count(folded.equal, "equal word")) }
    guard folded.onlyFirst + folded.onlySecond > 0 else { return ["  ... \(parts[0]) ..."] }
    parts.append("\(Numbers.count(folded.onlyFirst, "word")) only left")
    parts.append("\(Numbers.grouped(folded.onlySecond)) only right")
    var narrow = terminal
    narrow.width -= 2
    return "... \(parts.joined(separator: ", ")): --full shows them ...".wrapped(to: narrow).map {
      "  " + $0
    }
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
