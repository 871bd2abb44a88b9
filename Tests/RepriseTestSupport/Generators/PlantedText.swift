package import RepriseCore

/// Texts in several scripts with no match of words in common but by accident.
package enum PlantedText: String, CaseIterable, Sendable {
  case english, russian, arabic, hindi, chinese, japanese, thai

  /// Letters of which words or sentences are made.
  private var letters: [String] {
    switch self {
    case .english: "abcdefghijklmnopqrstuvwxyz".map(String.init)
    case .russian: "абвгдежзийклмнопрстуфхцчшщъыьэюя".map(String.init)
    case .arabic: "ابتثجحخدذرزسشصضطظعغفقكلمنهوي".map(String.init)
    case .hindi: ["क", "खा", "गि", "घी", "चु", "छू", "जे", "झै", "टो", "ठौ", "डं", "ढ", "ण", "त्र"]
    case .chinese: "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜".map(String.init)
    case .japanese: "いろはにほへとちりぬるをわかよたれそつねならむウヰノオクヤマケフコエテ山川花鳥風月".map(String.init)
    case .thai: ["ก", "ข", "คิ", "งี", "จุ", "ฉู", "ช", "ซื้", "ญ", "ด", "ต้", "ถ่", "ท", "ธ"]
    }
  }

  /// True if a grapheme is a token, and counts as half a word.
  package var isWrittenWithoutSpaces: Bool { [.chinese, .japanese, .thai].contains(self) }

  /// The tokens of so many words.
  package func tokens(ofWords words: Int, _ random: inout SplitMix64) -> [String] {
    guard !isWrittenWithoutSpaces else {
      return (0..<2 * words).map { _ in random.pick(letters) }
    }
    return (0..<words).map { _ in
      (0..<3 + random.below(6)).map { _ in random.pick(letters) }.joined()
    }
  }

  /// The tokens as running text, with punctuation and line breaks.
  package func text(_ tokens: [String], _ random: inout SplitMix64) -> String {
    let separators =
      isWrittenWithoutSpaces
      ? ["", "", "", "", "", "", "", "、", "。\n"] : [" ", " ", " ", " ", ", ", ".\n", "\n\n"]
    return tokens.map { $0 + random.pick(separators) }.joined()
  }
}

/// Two documents around a passage, with the bytes where it stands.
package struct PlantedPair {
  package var documents: [String]
  package var first: Range<Int>
  package var second: Range<Int>

  /// Puts two forms of a passage between other words.
  package init(
    _ script: PlantedText, _ one: [String], _ other: [String], before: Int, after: Int,
    _ random: inout SplitMix64
  ) {
    documents = []
    var places: [Range<Int>] = []
    for passage in [one, other] {
      // A word that nothing else has marks both ends, so that no accident extends the passage.
      let mark = "edge\(documents.count)"
      let head = script.text(
        script.tokens(ofWords: before, &random) + (before > 0 ? [mark] : []), &random)
      let tail = script.text(
        (after > 0 ? [mark] : []) + script.tokens(ofWords: after, &random), &random)
      var body = passage[..<(passage.count - 1)].map { script.text([$0], &random) }.joined()
      body += passage[passage.count - 1]
      let start = head.utf8.count + (before > 0 ? 1 : 0)
      places.append(start..<start + body.utf8.count)
      documents.append(head + (before > 0 ? " " : "") + body + (after > 0 ? " " : "") + tail)
    }
    (first, second) = (places[0], places[1])
  }
}
