/// The parts of a documentation file that may repeat: front matter, tables of contents, what is between
/// `reprise: ignore-start` and `reprise: ignore-end`, and on request fenced code.
///
/// They are found line by line. Replacing them by blanks changes no offset.
struct QuietText {
  /// The parts, ascending, as bytes of the text.
  private(set) var ranges: [Range<Int>] = []
  /// The line of an `ignore-start` without an end, from 1.
  private(set) var unclosedLine: Int?

  private let ignoresCode: Bool

  /// The number of links, one a line, that make a table of contents.
  private static let linkLimit = 3
  private static let start = Array("reprise: ignore-start".utf8)
  private static let end = Array("reprise: ignore-end".utf8)

  /// Finds the parts.
  ///
  /// - Parameters:
  ///   - text: the text in UTF-8.
  ///   - isMarkdown: whether it can have front matter, fences and links of Markdown.
  ///   - ignoresCode: whether fenced code may repeat.
  /// - Complexity: O(bytes).
  init(_ text: [UInt8], isMarkdown: Bool, ignoresCode: Bool) {
    self.ignoresCode = ignoresCode
    let lines = Self.lines(of: text)
    var first = 0
    if isMarkdown, let end = Self.frontMatterEnd(text, lines) {
      add(lines[0].lowerBound..<lines[end].upperBound)
      first = end + 1
    }
    if isMarkdown { addBlocks(text, lines[first...]) }
    addMarked(text, lines)
    ranges.sort { $0.lowerBound < $1.lowerBound }
  }

  private mutating func add(_ range: Range<Int>) { ranges.append(range) }

  /// The text with blanks for the parts; line ends stay.
  func blanked(_ text: [UInt8]) -> [UInt8] {
    var text = text
    for range in ranges {
      for index in range where text[index] != 0x0A && text[index] != 0x0D { text[index] = 0x20 }
    }
    return text
  }

  /// Whether a line has a mark.
  ///
  /// A mark in backticks is only mentioned, and does not count.
  private static func has(_ mark: [UInt8], _ text: ArraySlice<UInt8>) -> Bool {
    text.indices.contains { index in
      text[index] == mark[0] && (index == text.startIndex || text[index - 1] != 0x60)
        && text[index...].starts(with: mark)
    }
  }

  private static func lines(of text: [UInt8]) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < text.count {
      let end = text[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? text.count
      lines.append(start..<end)
      start = end
    }
    return lines
  }

  private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var text = text.drop { $0 <= 0x20 }
    while let last = text.last, last <= 0x20 { text.removeLast() }
    return text
  }

  /// The line that ends the front matter, which begins on the first line with `---` or `+++`.
  private static func frontMatterEnd(_ text: [UInt8], _ lines: [Range<Int>]) -> Int? {
    guard let first = lines.first else { return nil }
    for mark in ["---", "+++"].map({ Array($0.utf8) })
    where trimmed(text[first]).elementsEqual(mark) {
      return lines.indices.dropFirst().first { index in
        let line = trimmed(text[lines[index]])
        return line.elementsEqual(mark) || mark[0] == 0x2D && line.elementsEqual("...".utf8)
      }
    }
    return nil
  }

  /// Adds tables of contents, and fenced code if it is ignored; inside a fence, links make no table
  /// of contents.
  private mutating func addBlocks(_ text: [UInt8], _ lines: ArraySlice<Range<Int>>) {
    var fence: (mark: UInt8, count: Int, start: Int)?
    var links: Range<Int>?
    var linkCount = 0
    func isTable() -> Bool { linkCount >= Self.linkLimit }
    for line in lines {
      let content = Self.trimmed(text[line])
      let mark = content.first ?? 0
      let count = mark == 0x60 || mark == 0x7E ? content.prefix { $0 == mark }.count : 0
      if let open = fence {
        let closes = mark == open.mark && count >= open.count && count == content.count
        if closes {
          if ignoresCode { add(open.start..<line.upperBound) }
          fence = nil
        }
        continue
      }
      if Self.isLinkItem(content) {
        links = (links?.lowerBound ?? line.lowerBound)..<line.upperBound
        linkCount += 1
        continue
      }
      // Empty lines are part of a list.
      if !content.isEmpty || count > 0 {
        if let links, isTable() { add(links) }
        (links, linkCount) = (nil, 0)
      }
      if count >= 3 { fence = (mark, count, line.lowerBound) }
    }
    if let links, isTable() { add(links) }
    if let fence, ignoresCode { add(fence.start..<text.count) }
  }

  /// Whether a line is an item of a list that is nothing but a link into the page: `- [Title](#title)`.
  private static func isLinkItem(_ line: ArraySlice<UInt8>) -> Bool {
    var rest = line
    if let mark = rest.first, mark == 0x2D || mark == 0x2A || mark == 0x2B {
      rest = rest.dropFirst()
    } else {
      let digits = rest.prefix { (0x30...0x39).contains($0) }
      rest = rest.dropFirst(digits.count)
      guard !digits.isEmpty, rest.first == 0x2E || rest.first == 0x29 else { return false }
      rest = rest.dropFirst()
    }
    rest = trimmed(rest)
    guard rest.first == 0x5B, rest.last == 0x29,
      let middle = rest.indices.dropLast(2).first(where: {
        rest[$0] == 0x5D && rest[$0 + 1] == 0x28 && rest[$0 + 2] == 0x23
      })
    else { return false }
    // One link, not several.
    return !rest[(middle + 3)..<(rest.endIndex - 1)].contains(0x29)
  }

  private mutating func addMarked(_ text: [UInt8], _ lines: [Range<Int>]) {
    // Most files have no mark.
    guard Self.has(Self.start, text[...]) else { return }
    var start: (line: Int, offset: Int)?
    for (index, line) in lines.enumerated() {
      let content = text[line]
      if start == nil, Self.has(Self.start, content) {
        start = (index + 1, line.lowerBound)
      } else if let open = start, Self.has(Self.end, content) {
        add(open.offset..<line.upperBound)
        start = nil
      }
    }
    guard let start else { return }
    add(start.offset..<text.count)
    unclosedLine = start.line
  }
}
