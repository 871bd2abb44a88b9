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
    var startsSentence = true
    for (index, word) in words.enumerated() {
      append(vocabulary[word], capital: startsSentence)
      startsSentence = false
      switch (index * 7 + words.count) % 97 {
      case 0..<6:
        output.append(contentsOf: index % 5 == 0 ? [0x2E, 0x0A, 0x0A] : [0x2E, 0x20])
        startsSentence = true
      case 6..<13: output.append(contentsOf: [0x2C, 0x20])
      case 13: output.append(contentsOf: " \u{2013} ".utf8)
      case 14: output.append(contentsOf: " \"".utf8)
      case 15: output.append(contentsOf: "\" ".utf8)
      case 16: output.append(contentsOf: " \(index % 2000) ".utf8)
      case 17..<19: output.append(0x0A)
      default: output.append(0x20)
      }
    }
    return output
  }

  private mutating func append(_ word: [UInt8], capital: Bool) {
    guard capital, let first = word.first, first >= 0x61 && first <= 0x7A else {
      output.append(contentsOf: word)
      return
    }
    output.append(first - 0x20)
    output.append(contentsOf: word.dropFirst())
  }
}
