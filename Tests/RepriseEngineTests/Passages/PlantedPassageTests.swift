import RepriseTestSupport
import Testing

@testable import RepriseCore
@testable import RepriseEngine

struct PlantedPassageTests {
  @Test(arguments: PlantedText.allCases)
  func `an exact copy is found with its exact bytes, wherever it stands`(script: PlantedText) {
    for (number, words) in [50, 51, 64, 200, 1000].enumerated() {
      for (before, after) in [(0, 0), (0, 120), (120, 0), (3, 3), (77, 300)] {
        var random = seeded(script.rawValue.utf8.count, number, before, after)
        let passage = script.tokens(ofWords: words, &random)
        let pair = PlantedPair(script, passage, passage, before: before, after: after, &random)
        let search = PassageSearch(pair.documents)
        let found = search.passages.map { search.bytes(of: $0) }
        #expect(
          found.count == 1 && found[0] == (pair.first, pair.second),
          "\(script) \(words) \(before) \(after): \(found) for \(pair.first), \(pair.second)")
        #expect(search.passages.allSatisfy { $0.identity == 1 })
      }
    }
  }

  @Test(arguments: PlantedText.allCases)
  func `runs under the minimum and texts that share none give nothing`(script: PlantedText) {
    for number in 0..<20 {
      var random = seeded(number, 7)
      let passage = script.tokens(ofWords: 49, &random)
      let pair = PlantedPair(script, passage, passage, before: 200, after: 200, &random)
      #expect(PassageSearch(pair.documents).passages.isEmpty)
    }
  }

  @Test(arguments: [1, 3, 5], [100, 300, 2000])
  func `words substituted here and there leave one passage`(percent: Int, words: Int) {
    var shares: [Double] = []
    for number in 0..<40 {
      var random = seeded(percent, words, number)
      let passage = PlantedText.english.tokens(ofWords: words, &random)
      let edited = passage.map { random.below(100) < percent ? "changed\(random.below(9999))" : $0 }
      let pair = PlantedPair(.english, passage, edited, before: 90, after: 90, &random)
      let search = PassageSearch(pair.documents)
      let equal = zip(passage, edited).map { $0 == $1 }
      let found = search.passages.map(\.firstTokens)
      for match in matches(of: equal, atLeast: 50) {
        #expect(found.contains { $0.contains(match.lowerBound + 91..<match.upperBound + 91) })
      }
      guard let longest = found.map(\.count).max() else { continue }
      let share = Double(longest) / Double(words)
      #expect(words < 300 || share > 0.5, "\(number): \(found)")
      shares.append(share)
    }
    #expect(shares.count >= (words > 100 ? 40 : [1: 38, 3: 33, 5: 20][percent] ?? 0))
    #expect(shares.reduce(0, +) > 0.88 * Double(shares.count))
  }

  @Test(arguments: [PlantedText.chinese, .japanese, .thai])
  func `three graphemes in a hundred changed leave most passages`(script: PlantedText) {
    var found = 0
    for number in 0..<100 {
      var random = seeded(number, 11)
      let passage = script.tokens(ofWords: 60, &random)
      let edited = passage.map { random.below(100) < 3 ? "\u{9F98}" : $0 }
      let pair = PlantedPair(script, passage, edited, before: 90, after: 90, &random)
      let search = PassageSearch(pair.documents)
      let longest = search.passages.map(\.firstTokens.count).max() ?? 0
      if longest >= 90 * passage.count / 100 { found += 1 }
    }
    #expect(found >= 80, "\(found)")
  }

  /// Runs of true, as ranges.
  private func matches(of values: [Bool], atLeast count: Int) -> [Range<Int>] {
    var (matches, start) = ([Range<Int>](), 0)
    for (index, value) in (values + [false]).enumerated() where !value {
      if index - start >= count { matches.append(start..<index) }
      start = index + 1
    }
    return matches
  }

  @Test func `one word in a hundred changed leaves nearly all of 100 passages whole`() {
    var whole = 0
    for number in 0..<100 {
      var random = seeded(number, 3)
      let passage = PlantedText.english.tokens(ofWords: 400, &random)
      let edited = passage.map { random.below(100) < 1 ? "changed" : $0 }
      let pair = PlantedPair(.english, passage, edited, before: 90, after: 90, &random)
      let search = PassageSearch(pair.documents)
      if search.passages.count == 1, search.bytes(of: search.passages[0]).first == pair.first {
        whole += 1
      }
    }
    // An edit within ten words of an end is the end: 1 - .99^20 = 18 % have one.
    #expect(whole >= 70)
  }

  @Test func `a sentence inserted or deleted in the middle leaves both halves`() {
    for number in 0..<40 {
      var random = seeded(number, 11)
      let passage = PlantedText.english.tokens(ofWords: 240, &random)
      var longer = passage
      let sentence = PlantedText.english.tokens(ofWords: 12 + number, &random)
      longer.insert(contentsOf: sentence, at: 120)
      let forms = number % 2 == 0 ? (passage, longer) : (longer, passage)
      let pair = PlantedPair(.english, forms.0, forms.1, before: 60, after: 60, &random)
      let search = PassageSearch(pair.documents)
      let bytes = search.passages.map { search.bytes(of: $0) }
      #expect(search.passages.reduce(0) { $0 + $1.matchCount } == 240)
      #expect(bytes.map(\.first.lowerBound).min() == pair.first.lowerBound)
      #expect(bytes.map(\.second.upperBound).max() == pair.second.upperBound)
      // A few words are bridged; a long sentence stays what only one of the two has.
      #expect(search.passages.count == (sentence.count <= 26 ? 1 : 2) || bytes.count <= 2)
    }
  }

  @Test func `words inserted and lost are bridged`() {
    for number in 0..<40 {
      var random = seeded(number, 13)
      let passage = PlantedText.english.tokens(ofWords: 300, &random)
      var edited = passage
      edited.remove(at: 200)
      edited.insert(contentsOf: ["two", "more"], at: 100)
      let pair = PlantedPair(.english, passage, edited, before: 60, after: 60, &random)
      let search = PassageSearch(pair.documents)
      #expect(search.passages.count == 1)
      #expect(search.passages.map { search.bytes(of: $0).first } == [pair.first])
      #expect(search.passages.map { search.bytes(of: $0).second } == [pair.second])
      #expect(search.passages.map(\.matchCount) == [299])
    }
  }

  @Test func `case, punctuation, line ends and normalization form make no difference`() {
    let words = """
      L'été dernier, Zoë et André ont déjà passé trois semaines à l'hôtel près du château, où l'on \
      dînait très tôt; après, ils allaient se promener jusqu'à la forêt, même quand il pleuvait, et \
      rentraient trempés, ravis et affamés. La réceptionniste, étonnée, leur préparait aussitôt un \
      chocolat brûlant que Zoë buvait à petites gorgées près de la fenêtre, pendant qu'André, lui, \
      lisait le journal de la veille.
      """
    let loud = words.uppercased().replacing(" ", with: "\r\n").replacing(",", with: " --")
    let decomposed = decomposed(words)
    let search = PassageSearch(["One. " + words + " Two.", "Three " + loud + " four", decomposed])
    #expect(search.passages.count == 3)
    for passage in search.passages {
      #expect(passage.identity == 1)
      #expect(passage.matchCount == search.words[2].count)
    }
    let bytes = search.passages.map { search.bytes(of: $0) }
    #expect(bytes[0].first.lowerBound == 5 && bytes[0].second.lowerBound == 6)
  }

  /// The text with its accents as marks of their own.
  private func decomposed(_ text: String) -> String {
    let marks: [Unicode.Scalar: [Unicode.Scalar]] = [
      "é": ["e", "\u{301}"], "è": ["e", "\u{300}"], "ê": ["e", "\u{302}"], "ë": ["e", "\u{308}"],
      "à": ["a", "\u{300}"], "î": ["i", "\u{302}"], "ô": ["o", "\u{302}"], "û": ["u", "\u{302}"],
    ]
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { result.append(contentsOf: marks[scalar] ?? [scalar]) }
    return String(result)
  }

  @Test func `a passage that stands twice in one document is found, without overlap`() {
    for words in [50, 80, 400] {
      var random = seeded(words, 17)
      let passage = PlantedText.english.tokens(ofWords: words, &random)
      let between = PlantedText.english.tokens(ofWords: 30, &random)
      for document in [passage + between + passage, passage + passage] {
        let search = PassageSearch([document.joined(separator: " ")])
        #expect(search.passages.count == 1)
        #expect(search.passages[0].firstTokens == 0..<words)
        #expect(search.passages[0].secondTokens == document.count - words..<document.count)
      }
    }
  }

  @Test(arguments: [1, 3, 40, 70])
  func `text of one short period is mostly cut, and stays once`(period: Int) {
    var random = seeded(period, 19)
    let words = PlantedText.english.tokens(ofWords: period, &random).joined(separator: " ") + " "
    let text = String(repeating: words, count: 20_000 / period)
    var rules = PassageRules()
    rules.cuts.cutsRepeats = true
    let search = PassageSearch([text, "before " + text + "behind"], rules: rules)
    let plan = CutPlan(search.runs, in: search)
    for document in 0..<2 {
      let cuts = plan.cuts.filter { $0.second == document }
      #expect(cuts.reduce(0) { $0 + $1.secondTokens.count } > 8_000)
    }
    #expect(plan.vanished.isEmpty)
  }
}
