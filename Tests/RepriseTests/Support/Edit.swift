/// A small change of a document, as people and programs make them.
enum Edit: String, CaseIterable, Sendable {
  case wordAtFront = "a word at the front"
  case wordInMiddle = "a word in the middle"
  case wordAtEnd = "a word at the end"
  case sentenceDeleted = "a sentence deleted"
  case paragraphsSwapped = "two paragraphs swapped"
  case upperCase = "upper case"
  case punctuation = "other punctuation"
  case lineBreaks = "other line breaks"
  case onePercent = "1 % of the words substituted"
  case twoPercent = "2 % of the words substituted"
  case fivePercent = "5 % of the words substituted"
  case heading = "a heading of ten words"
  case firstHalf = "only the first half"

  /// True for edits that leave the words and their order as they are.
  var keepsWords: Bool {
    switch self {
    case .upperCase, .punctuation, .lineBreaks: true
    default: false
    }
  }

  /// The text before and after.
  func apply(to words: [String], _ random: inout RandomTexts) -> (before: String, after: String) {
    let before = Self.text(words)
    switch self {
    case .upperCase: return (before, before.uppercased())
    case .punctuation:
      return (before, "\u{201C}" + words.joined(separator: " -- ") + "!?")
    case .lineBreaks: return (before, words.joined(separator: "\r\n\t") + "\n")
    default: return (before, Self.text(edited(words, &random)))
    }
  }

  private func edited(_ words: [String], _ random: inout RandomTexts) -> [String] {
    let count = words.count
    switch self {
    case .wordAtFront: return [random.word()] + words
    case .wordInMiddle:
      return words[..<(count / 2)] + [random.word()] + words[(count / 2)...]
    case .wordAtEnd: return words + [random.word()]
    case .sentenceDeleted:
      let start = random.number(below: max(1, count / 8)) * 8
      let end = min(count - 1, start + 8)
      return Array(words[..<start] + words[end...])
    case .paragraphsSwapped:
      var result = words
      let size = min(24, count / 4)
      for place in count / 4..<count / 4 + size { result.swapAt(place, place + size) }
      return result
    case .onePercent: return substituted(words, 0.01, &random)
    case .twoPercent: return substituted(words, 0.02, &random)
    case .fivePercent: return substituted(words, 0.05, &random)
    case .heading: return random.words(10) + words
    case .firstHalf: return Array(words[..<(count / 2)])
    default: return words
    }
  }

  private func substituted(
    _ words: [String], _ share: Double, _ random: inout RandomTexts
  ) -> [String] {
    var result = words
    for _ in 0..<max(1, Int((share * Double(words.count)).rounded())) {
      result[random.number(below: words.count)] = random.word()
    }
    return result
  }

  /// Sentences of eight words, paragraphs of three sentences.
  private static func text(_ words: [String]) -> String {
    var text = ""
    for (index, word) in words.enumerated() {
      text += index % 8 == 0 ? word.capitalized : word
      text += index % 24 == 23 ? ".\n\n" : index % 8 == 7 ? ". " : " "
    }
    return text
  }
}

extension String {
  fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst() }
}
