import Reprise

/// Sets words as prose: the punctuation follows from the words alone, so that a document with one
/// word replaced differs in little else.
struct Prose {
  let vocabulary: Vocabulary
  private var output: [UInt8] = []

  init(vocabulary: Vocabulary) { self.vocabulary = vocabulary }

  /// Draws words for a text of about this length.
  func words(byteCount: Int, _ generator: inout SplitMix64) -> [UInt16] {
    var words: [UInt16] = []
    var length = 0
    while length < byteCount {
      let word = vocabulary.draw(&generator)
      words.append(word)
      length += vocabulary[word].count + 1
    }
    return words
  }

  /// The text of words.
  mutating func text(_ words: [UInt16]) -> [UInt8] {
    output.removeAll(keepingCapacity: true)
    let script = vocabulary.script
    let (space, quotes) = (script.space, script.quotes)
    var startsSentence = true
    for (index, word) in words.enumerated() {
      output.append(
        contentsOf: startsSentence ? vocabulary.capitalized(word) : vocabulary[word])
      startsSentence = false
      switch (index * 7 + words.count) % 97 {
      case 0..<6:
        append(script.stop, index % 5 == 0 ? "\n\n" : space)
        startsSentence = true
      case 6..<13: append(script.comma, space)
      case 13: append(space, script.dash, space)
      case 14: append(space, quotes.open)
      case 15: append(quotes.close, space)
      case 16: append(space, String(index % 2000), space)
      case 17..<19: append("\n")
      default: append(space)
      }
    }
    return output
  }

  private mutating func append(_ parts: String...) {
    for part in parts { output.append(contentsOf: part.utf8) }
  }
}
