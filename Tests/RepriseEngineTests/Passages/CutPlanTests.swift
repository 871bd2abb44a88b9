import RepriseTestSupport
import Testing

@testable import RepriseCore
@testable import RepriseEngine

/// What is cut and what stays, in random corpora full of copies of copies.
struct CutPlanTests {
  /// Exact runs, cut between any two words.
  private static let rules = rules(minimumWords: 20)

  private static func rules(
    minimumWords: Int, ends: CutRules.Ends = .words, documentLimit: Int = 1000
  ) -> PassageRules {
    var cuts = CutRules()
    cuts.ends = ends
    cuts.cutsRepeats = true
    return PassageRules(minimumWords: minimumWords, documentLimit: documentLimit, cuts: cuts)
  }

  @Test(arguments: 0..<LongTests.count(60, long: 500))
  func `what a cut repeats stays, whatever else is cut`(number: Int) {
    var random = seeded(number, 23)
    let search = PassageSearch(corpus(&random), rules: Self.rules)
    let plan = CutPlan(search.runs, in: search)
    let cut = Dictionary(grouping: plan.cuts, by: \.second).mapValues { $0.map(\.secondTokens) }
    for passage in plan.cuts {
      let (first, second) = (search.words[Int(passage.first)], search.words[Int(passage.second)])
      #expect(
        (cut[passage.first] ?? []).allSatisfy { $0.clamped(to: passage.firstTokens).isEmpty },
        "the kept side of \(passage) is cut")
      #expect(first[passage.firstTokens].elementsEqual(second[passage.secondTokens]))
      #expect(passage.first <= passage.second)
    }
    for ranges in cut.values {
      #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound })
    }
  }

  @Test(arguments: 0..<LongTests.count(60, long: 500))
  func `no two places that stay share a run of the minimum length`(number: Int) {
    var random = seeded(number, 29)
    let search = PassageSearch(corpus(&random), rules: Self.rules)
    var plan = CutPlan(search.runs, in: search)
    var left = sharedRuns(search.words, plan)
    for run in left {
      // Of many occurrences, most are linked with one or two of the others.
      #expect(!plan.knows(run), "\(run) was linked")
    }
    for _ in 0..<8 where !left.isEmpty {
      plan.add(PassageList(left), as: .candidate)
      plan.decide(texts: { search.cutTexts[Int($0)] })
      left = sharedRuns(search.words, plan)
    }
    #expect(left.isEmpty)
  }

  /// The runs of the minimum length that two places that stay share.
  private func sharedRuns(_ words: [[UInt64]], _ plan: CutPlan) -> [Passage] {
    let pieces = stayingPieces(words, plan)
    return pieces.indices.flatMap { index in
      let piece = pieces[index]
      return pieces[..<index].flatMap { other in
        plainRuns(other.words, piece.words, atLeast: Self.rules.minimumWords).map { run in
          let match = Passage.Match(
            first: other.start + run.first, second: piece.start + run.second, count: run.count)
          return Passage(
            first: UInt32(other.document), second: UInt32(piece.document), matches: [match],
            words: run.count)
        }
      }
    }
  }

  @Test(arguments: 0..<LongTests.count(60, long: 500))
  func `a plain plan decides the same`(number: Int) {
    var random = seeded(number, 43)
    // As one document the same texts repeat themselves.
    let documents = corpus(&random)
    let search = PassageSearch(
      documents + [documents.joined(separator: " ")], rules: Self.rules)
    for candidates in [search.runs, search.passages] {
      let plan = CutPlan(candidates, in: search)
      #expect(Array(plan.cuts) == PlainCutPlan(candidates, rules: Self.rules).cuts)
    }
    let alone = search.runs.filter { $0.first == $0.second }
    let cuts = CutPlan(alone, in: search).cuts
    #expect(Array(cuts) == PlainCutPlan(alone, rules: Self.rules).cuts)
  }

  @Test(arguments: 0..<LongTests.count(60, long: 500))
  func `passages that are added later give what all of them give at once`(number: Int) {
    var random = seeded(number, 53)
    let search = PassageSearch(corpus(&random), rules: Self.rules)
    let all = CutPlan(search.runs, in: search)
    var plan = CutPlan(rules: Self.rules)
    for part in 0..<3 {
      let runs = search.runs.enumerated().filter { $0.offset % 3 == part }.map(\.element)
      plan.add(PassageList(runs), as: .candidate)
      plan.decide(texts: { search.cutTexts[Int($0)] })
    }
    #expect(Set(plan.cuts) == Set(all.cuts))
    #expect(plan.vanished == all.vanished)
  }

  @Test(arguments: 0..<LongTests.count(40, long: 500))
  func `every run of documents full of copies is in a group, and one copy is left`(number: Int) {
    var random = seeded(number, 47)
    let (documents, planted) = copies(&random)
    let search = PassageSearch(documents, rules: Self.rules)
    let groups = PassageGroup.groups(of: PassageList(search.passages))
    for second in search.words.indices {
      for first in 0..<second {
        let runs = plainRuns(
          search.words[first], search.words[second], atLeast: Self.rules.minimumWords)
        for run in runs {
          #expect(
            groups.contains { group in
              Self.has(group, first, run.first..<run.firstEnd)
                && Self.has(group, second, run.second..<run.secondEnd)
            }, "run \(run) of documents \(first) and \(second)")
        }
      }
    }
    let plan = CutPlan(search.runs, in: search)
    let pieces = stayingPieces(search.words, plan)
    for words in planted {
      let count = pieces.reduce(0) { $0 + Self.count(of: words, in: $1.words) }
      #expect(count == 1, "\(count) copies are left")
    }
  }

  /// Whether occurrences of a group have at least half of a run.
  private static func has(_ group: PassageGroup, _ document: Int, _ run: Range<Int>) -> Bool {
    let shared = group.occurrences.filter { $0.document == document }
      .map { $0.tokens.clamped(to: run) }
    return 2 * TokenRanges(shared.filter { !$0.isEmpty }).count >= run.count
  }

  private static func count(of words: [UInt64], in text: [UInt64]) -> Int {
    guard text.count >= words.count else { return 0 }
    return (0...text.count - words.count).count {
      text[$0..<$0 + words.count].elementsEqual(words)
    }
  }

  /// One to eight documents with up to 20 copies of up to three texts, and the words of each text.
  private func copies(
    _ random: inout SplitMix64
  ) -> (documents: [String], planted: [[UInt64]]) {
    var documents = (0..<1 + random.below(8)).map { _ in
      [PlantedText.english.tokens(ofWords: 5 + random.below(40), &random)]
    }
    let texts = (0..<1 + random.below(3)).map { _ in
      PlantedText.english.tokens(ofWords: Self.rules.minimumWords + random.below(40), &random)
    }
    for text in texts {
      // Two copies, so that each is found, and then up to 20 in one document.
      let count = random.pick([2, 4, 8, 20])
      let one = random.below(documents.count)
      for copy in 0..<count {
        let document = copy % 4 == 3 ? random.below(documents.count) : one
        documents[document].append(text)
        documents[document].append(
          PlantedText.english.tokens(ofWords: 1 + random.below(30), &random))
      }
    }
    let planted = PassageSearch(texts.map { $0.joined(separator: " ") }).words
    return (documents.map { $0.joined().joined(separator: " ") }, planted)
  }

  @Test func `a document that is nothing but copies is cut as a whole`() {
    var random = seeded(31)
    let one = PlantedText.english.tokens(ofWords: 60, &random)
    let other = PlantedText.english.tokens(ofWords: 70, &random)
    let rest = PlantedText.english.tokens(ofWords: 100, &random)
    let documents = [one + rest, rest.reversed() + other, one + other, one + ["more"] + other]
    let search = PassageSearch(documents.map { $0.joined(separator: " ") })
    let plan = CutPlan(search.runs, in: search)
    #expect(plan.vanished == [2: .repeated])
    #expect(CutPlan(search.runs, in: search) { $0 != 2 }.cuts.allSatisfy { $0.second != 2 })
  }

  @Test func `copies of one passage are one group with the first place kept`() {
    var random = seeded(37)
    let passage = PlantedText.english.tokens(ofWords: 80, &random)
    let documents = (0..<60).map { _ in
      (PlantedText.english.tokens(ofWords: 40, &random) + passage
        + PlantedText.english.tokens(ofWords: 40, &random)).joined(separator: " ")
    }
    let search = PassageSearch(documents)
    let groups = PassageGroup.groups(of: PassageList(search.passages))
    #expect(groups.count == 1)
    #expect(groups.first?.occurrences.map(\.document) == Array(0..<60))
    #expect(groups.first?.occurrences.allSatisfy { $0.tokens == 40..<120 } == true)
  }

  @Test func `what too many documents share is named once and cut nowhere`() {
    var random = seeded(41)
    let footer = PlantedText.english.tokens(ofWords: 200, &random)
    let shared = PlantedText.english.tokens(ofWords: 90, &random)
    let documents = (0..<40).map { number in
      let middle = number < 3 ? shared : []
      return
        (PlantedText.english.tokens(ofWords: 40, &random) + middle
        + PlantedText.english.tokens(ofWords: 40, &random) + footer).joined(separator: " ")
    }
    let rules = Self.rules(minimumWords: 50, documentLimit: 20)
    let search = PassageSearch(documents, rules: rules)
    let filter = BoilerplateFilter(search.passages, rules: rules)
    #expect(filter.boilerplate.map(\.documentCount) == [40])
    #expect(filter.boilerplate.first.map { $0.tokens.count } == 200)
    let plan = CutPlan(search.runs.filter { !filter.isBoilerplate($0) }, in: search)
    #expect(plan.cuts.map(\.second) == [1, 2])
    #expect(plan.cuts.allSatisfy { $0.secondTokens.count == 90 })
  }

  private struct Piece {
    var document: Int
    var start: Int
    var words: [UInt64]
  }

  private func stayingPieces(_ words: [[UInt64]], _ plan: CutPlan) -> [Piece] {
    words.indices.flatMap { document in
      let cuts = plan.cuts.filter { $0.second == document }.map(\.secondTokens)
      return TokenRanges(cuts).gaps(in: 0..<words[document].count).map {
        Piece(document: document, start: $0.lowerBound, words: Array(words[document][$0]))
      }
    }
  }

  /// Documents of which later ones repeat parts of earlier ones, which repeat others.
  private func corpus(_ random: inout SplitMix64) -> [String] {
    var documents: [[String]] = []
    for _ in 0..<6 {
      var document = PlantedText.english.tokens(ofWords: random.below(60), &random)
      for _ in 0..<random.below(4) where !documents.isEmpty {
        let source = documents[random.below(documents.count)]
        guard source.count > 25 else { continue }
        let start = random.below(source.count - 20)
        let end = start + 20 + random.below(source.count - start - 20)
        document += source[start..<end]
        document += PlantedText.english.tokens(ofWords: random.below(30), &random)
      }
      documents.append(document)
    }
    return documents.map { $0.joined(separator: " ") }
  }
}
