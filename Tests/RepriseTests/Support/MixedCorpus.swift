/// A corpus with a little of everything: single documents, copies, edited copies and copies of
/// these, short and empty ones, in an order without order.
struct MixedCorpus {
  /// The records; `rank` is a number that each has for itself.
  private(set) var records: [TestRecord] = []

  init(families: Int, wordCount: Int = 150, seed: UInt64) {
    var random = RandomTexts(seed: seed)
    var texts = ["", "", "...", "one", "One!", "two words", "one two three four"]
    for _ in 0..<families {
      let words = random.words(wordCount)
      texts.append(words.joined(separator: " ") + ".")
      let edits = random.shuffled(Edit.allCases).prefix(random.number(below: 3))
      for edit in edits {
        texts.append(edit.apply(to: words, &random).after)
        if random.number(below: 4) == 0, let last = texts.last { texts.append(last) }
      }
    }
    texts = random.shuffled(texts)
    let ranks = random.shuffled(Array(texts.indices))
    records = texts.indices.map { TestRecord("d\($0)", texts[$0], ("rank", "\(ranks[$0])")) }
  }

  /// The texts by their ids.
  var texts: [String: String] {
    Dictionary(uniqueKeysWithValues: records.map { ($0.id, $0.text) })
  }
}
