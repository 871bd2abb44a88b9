internal import Reprise

/// Breaks words into lines of a number of columns; nothing is cut off.
struct WrappedWords {
  /// A line without and with its colors.
  ///
  /// The width is that of the plain text.
  struct Line {
    var plain = ""
    var shown = ""
  }

  private(set) var lines: [Line] = []
  private let columns: Int
  private let terminal: Terminal
  private var isAfterSpace = false

  /// Wraps words; marked ones are colored, or in brackets.
  init(_ words: [AlignedRow.Word], columns: Int, _ terminal: Terminal) {
    (self.columns, self.terminal) = (columns, terminal)
    for index in words.indices {
      let word = words[index]
      var text = SafeText.line(word.text)
      if word.isMarked && !terminal.hasColor {
        if index == 0 || !words[index - 1].isMarked { text = "[" + text }
        if index + 1 == words.count || !words[index + 1].isMarked { text += "]" }
      }
      append(text, isMarked: word.isMarked)
      isAfterSpace = word.isFollowedBySpace
    }
  }

  private mutating func append(_ text: String, isMarked: Bool) {
    guard !text.isEmpty else { return }
    let space = isAfterSpace && !(lines.last?.plain.isEmpty ?? true) ? " " : ""
    let used = lines.last?.plain.columnCount ?? 0
    if !lines.isEmpty, used + space.count + text.columnCount <= columns {
      add(space, isMarked: false)
      return add(text, isMarked: isMarked)
    }
    lines.append(Line())
    // A word that is longer than a line goes on in the next one.
    var (piece, width) = ("", 0)
    for character in text {
      if width + character.columnCount > columns, !piece.isEmpty {
        add(piece, isMarked: isMarked)
        lines.append(Line())
        (piece, width) = ("", 0)
      }
      piece.append(character)
      width += character.columnCount
    }
    add(piece, isMarked: isMarked)
  }

  private mutating func add(_ text: String, isMarked: Bool) {
    guard !text.isEmpty else { return }
    lines[lines.count - 1].plain += text
    lines[lines.count - 1].shown += isMarked ? terminal.red(text) : text
  }
}

extension String {
  /// The lines of a sentence, as wide as the terminal.
  func wrapped(to terminal: Terminal) -> [String] {
    let words = split(separator: " ", omittingEmptySubsequences: false).map {
      AlignedRow.Word(text: String($0), isMarked: false, isFollowedBySpace: true)
    }
    return WrappedWords(words, columns: terminal.width, terminal).lines.map(\.plain)
  }
}
