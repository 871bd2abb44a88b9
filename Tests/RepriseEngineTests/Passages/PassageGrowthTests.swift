import RepriseTestSupport
import Testing

@testable import RepriseCore
@testable import RepriseEngine

/// The work on one document that repeats itself is in proportion to its length.
@Suite(.timeLimit(.minutes(5)))
struct PassageGrowthTests {
  private static let vocabulary = {
    var random = seeded(71)
    return PlantedText.english.tokens(ofWords: 2000, &random)
  }()

  /// Texts of which every part repeats many others, with small changes.
  enum Repeating: CaseIterable {
    case letters, numberedLines, log, fibonacci

    func text(_ lineCount: Int) -> String {
      var random = seeded(73)
      switch self {
      case .letters:
        let letter = (0..<60).map { _ in random.pick(vocabulary) }
        return (0..<lineCount / 5).map { _ in
          var changed = letter
          changed[random.below(60)] = random.pick(vocabulary)
          return changed.joined(separator: " ")
        }.joined(separator: "\n")
      case .numberedLines:
        return (0..<lineCount).map { "This is line number \($0) of the file that we made" }
          .joined(separator: "\n")
      case .log:
        return (0..<lineCount).map {
          "2024-01-01 00:00:\($0 % 60) INFO request handled in \($0 % 97) ms"
        }.joined(separator: "\n")
      case .fibonacci:
        var (longer, shorter) = ("aa bb ", "aa ")
        while longer.utf8.count < 30 * lineCount { (longer, shorter) = (longer + shorter, longer) }
        return String(longer.prefix(30 * lineCount))
      }
    }
  }

  @Test(arguments: Repeating.allCases)
  func `matches that are found grow with the text`(text: Repeating) {
    let counts = [1000, 2000, 4000].map { lineCount in
      PassageSearch([text.text(lineCount)]).passages.reduce(0) { $0 + $1.matches.count }
    }
    // The square of the lines would be sixteen times as many; in short texts few places have so
    // many passages that the limit is reached.
    #expect(counts[2] < 12 * counts[0] + 1000, "\(counts)")
  }

  @Test func `deciding what to cut takes time in proportion to the passages`() {
    func seconds(_ count: Int) -> Double {
      var random = seeded(count, 79)
      var places = Array(0..<2 * count)
      random.shuffle(&places)
      let passages = (0..<count).map { index in
        let (one, other) = (places[2 * index], places[2 * index + 1])
        let match = Passage.Match(
          first: 90 * min(one, other), second: 90 * max(one, other), count: 80)
        return Passage(first: 0, second: 0, matches: [match], words: 80)
      }
      var rules = PassageRules()
      rules.cuts.cutsRepeats = true
      let text = words(180 * count)
      return cpuSeconds {
        let plan = CutPlan(PassageList(passages), rules: rules, texts: { _ in text })
        #expect(plan.cuts.count == count)
      }
    }
    let (few, many) = (seconds(4000), seconds(32_000))
    // Eight times as many; the square would be 64 times the time.
    #expect(many < 24 * few + 0.5, "\(few) s, \(many) s")
  }

  /// A text of words that are all alike.
  private func words(_ count: Int) -> CutText {
    var tokens = TokenizedText(keepsSourceRanges: true)
    let bytes = Array(String(repeating: "a ", count: count).utf8)
    unsafe tokens.read(bytes.span.bytes)
    return CutText(
      unsafe TokenBreaks(bytes.span.bytes, tokens), isStructured: false, rules: PassageRules())
  }

  @Test func `what was not followed and is left is told`() {
    let search = PassageSearch([Repeating.letters.text(4000)])
    let found = search.passages + search.runs
    let remainders = UnfollowedRepeats.remainders(
      search.unfollowed, outside: [PassageList(search.passages), PassageList(search.runs)])
    let cut = TokenRanges(found.flatMap { [$0.secondTokens, $0.firstTokens] })
    let open = search.unfollowed.flatMap(\.tokens.ranges).flatMap { cut.gaps(in: $0) }
    #expect(!search.unfollowed.isEmpty)
    #expect(remainders.isEmpty == open.allSatisfy { $0.count < PassageRules.gramWords })
  }

  @Test func `what is in no passage is a remainder`() {
    func repeats(_ first: UInt32, _ second: UInt32, _ ranges: [Range<Int>]) -> UnfollowedRepeats {
      UnfollowedRepeats(first: first, second: second, tokens: TokenRanges(ranges))
    }
    func passage(_ first: UInt32, _ second: UInt32, _ start: Int) -> Passage {
      let match = Passage.Match(first: 100, second: start, count: 60)
      return Passage(first: first, second: second, matches: [match], words: 60)
    }
    let known = [PassageList([passage(1, 3, 300)]), PassageList([passage(3, 4, 200)])]
    let all = [
      repeats(2, 3, [100..<160]),  // The first side of a passage.
      repeats(1, 3, [300..<360]),  // The second side.
      repeats(2, 4, [190..<260, 400..<450]),  // Ten tokens before a passage, and fifty apart.
      repeats(1, 4, [255..<265]),  // Too few are left.
      repeats(0, 5, [0..<50]),
    ]
    let found = UnfollowedRepeats.remainders(all, outside: known)
    #expect(found.map(\.document) == [4, 5])
    #expect(found.map(\.first) == [1, 0])
    #expect(found.map(\.tokenCount) == [60, 50])
  }
}
