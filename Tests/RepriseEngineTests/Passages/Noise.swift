import RepriseTestSupport
import Testing

@testable import RepriseCore
@testable import RepriseEngine

/// Kinds of noise between two copies of a passage.
enum Noise: Hashable, Sendable, CustomTestStringConvertible {
  /// Percent of the tokens replaced by others.
  case replaced(Int)
  /// Percent of the tokens removed, or others put before them.
  case insertedOrRemoved(Int)
  /// Percent of the letters misread.
  case misread(Int)
  /// A sentence of so many tokens removed from the middle.
  case sentenceRemoved(Int)
  /// A header of eight other tokens in the middle.
  case header
  /// Sentences of 8 to 24 tokens in another order.
  case reordered

  /// The number of tokens that the noise removes beside others.
  var removedCount: Int {
    if case .sentenceRemoved(let count) = self { count } else { 0 }
  }

  var testDescription: String { String(describing: self) }

  /// The passage with the noise; `word` gives words of the text's vocabulary.
  func applied(
    to passage: [String], _ random: inout SplitMix64, word: (inout SplitMix64) -> String
  ) -> [String] {
    var result = passage
    switch self {
    case .replaced(let percent):
      for index in positions(percent, passage.count, &random) { result[index] = word(&random) }
    case .insertedOrRemoved(let percent):
      for (number, index) in positions(percent, passage.count, &random).reversed().enumerated() {
        if number % 2 == 0 {
          result.remove(at: index)
        } else {
          result.insert(word(&random), at: index)
        }
      }
    case .misread(let percent):
      result = passage.map { word in
        String(word.map { random.below(100) < percent ? random.pick(Array("lcoetnuhi1")) : $0 })
      }
    case .sentenceRemoved(let count):
      result.removeSubrange(passage.count / 2 - count / 2..<passage.count / 2 + (count + 1) / 2)
    case .header:
      result.insert(contentsOf: (0..<8).map { _ in word(&random) }, at: passage.count / 2)
    case .reordered:
      var sentences: [ArraySlice<String>] = []
      var rest = passage[...]
      while !rest.isEmpty {
        sentences.append(rest.prefix(8 + random.below(17)))
        rest = rest.dropFirst(sentences[sentences.count - 1].count)
      }
      result = sentences.reversed().flatMap { $0 }
    }
    return result
  }

  /// Different positions, ascending.
  private func positions(_ percent: Int, _ count: Int, _ random: inout SplitMix64) -> [Int] {
    var chosen: Set<Int> = []
    while chosen.count < max(1, count * percent / 100) {
      chosen.insert(1 + random.below(count - 2))
    }
    return chosen.sorted()
  }
}

/// Words of which some are much more frequent than others, as in a language.
struct Vocabulary: Sendable {
  private let words: [String]

  init(_ count: Int, seed: Int) {
    var random = seeded(seed)
    words = PlantedText.english.tokens(ofWords: count, &random)
  }

  /// A word; of 3,000 words the 100 most frequent ones are a third of a text.
  func word(_ random: inout SplitMix64) -> String {
    let share = Double(random.below(1 << 20)) / Double(1 << 20)
    return words[Int(Double(words.count) * share * share * share)]
  }

  func text(_ count: Int, _ random: inout SplitMix64) -> [String] {
    (0..<count).map { _ in word(&random) }
  }
}
