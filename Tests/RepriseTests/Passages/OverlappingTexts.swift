import Foundation

/// Makes corpora of documents that overlap in many ways, from a seed.
struct OverlappingTexts {
  private var source: WordSource

  init(seed: UInt64) { source = WordSource(seed: seed) }

  /// Windows of three texts, at random places.
  mutating func windows() -> [String] {
    let texts = (0..<3).map { _ in sentences(200 + source.next(below: 1300)) }
    let shortest = [20, 55, 100, 200][source.next(below: 4)]
    let spread = [15, 100, 300][source.next(below: 3)]
    return (0..<5 + source.next(below: 100)).map { _ in
      let text = texts[source.next(below: 3)]
      let count = min(text.count, shortest + source.next(below: spread))
      let start = source.next(below: text.count - count + 1)
      return text[start..<start + count].joined(separator: " ")
    }
  }

  /// Blocks in random order, some of them in part or with a different word, and unique sentences
  /// between them.
  mutating func blocks() -> [String] {
    let blocks = (0..<4 + source.next(below: 10)).map { _ in
      sentences([10, 30, 45, 60, 120][source.next(below: 5)])
    }
    return (0..<5 + source.next(below: 75)).map { _ in
      let separator = source.next(below: 2) == 0 ? " " : "\n"
      return (0..<1 + source.next(below: 9)).map { _ in
        var part =
          source.next(below: 5) > 0
          ? blocks[source.next(below: blocks.count)] : sentences(3 + source.next(below: 37))
        if source.next(below: 10) < 3 {
          let start = source.next(below: part.count)
          part = Array(part[start..<start + 1 + source.next(below: part.count - start)])
        }
        if source.next(below: 5) == 0 {
          part[source.next(below: part.count)] = "x\(source.next(below: 99))"
        }
        return part.joined(separator: " ")
      }.joined(separator: separator)
    }
  }

  /// Words in sentences of 4 to 29; the last one may end early.
  private mutating func sentences(_ count: Int) -> [String] {
    var words: [String] = []
    while words.count < count {
      var sentence = source.words(4 + source.next(below: 26)).split(separator: " ").map(String.init)
      sentence[0] = sentence[0].capitalized
      sentence[sentence.count - 1] += "."
      words += sentence
    }
    return Array(words.prefix(count))
  }
}
