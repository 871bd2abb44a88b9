import RepriseTestSupport

@testable import RepriseCore
@testable import RepriseEngine

/// The stages from texts to passages, one after the other, and the words of each text.
struct PassageSearch {
  private(set) var words: [[UInt64]] = []
  private(set) var texts: [PassageText] = []
  private(set) var sourceRanges: [[Range<Int>]] = []
  private(set) var passages: [Passage] = []
  private(set) var reordered: [ReorderedPassage] = []
  private(set) var runs: [Passage] = []
  private(set) var cutTexts: [CutText] = []
  private(set) var unfollowed: [UnfollowedRepeats] = []
  let rules: PassageRules

  init(_ documents: [[UInt8]], rules: PassageRules = PassageRules()) {
    self.rules = rules
    let list = read(documents)
    let join = FingerprintJoin(
      [(list, 0)], ranks: Array(0..<UInt32(documents.count)), rules: rules)
    let links =
      (0..<FingerprintList.partitionCount).flatMap { join.links(inPartition: $0).links }
      + seedLinks()
    let pairs = Dictionary(grouping: links) { Int($0.first) << 32 | Int($0.second) }
    for (_, links) in pairs.sorted(by: { $0.key < $1.key }) { find(links[...]) }
  }

  init(_ documents: [String], rules: PassageRules = PassageRules()) {
    self.init(documents.map { Array($0.utf8) }, rules: rules)
  }

  private mutating func read(_ documents: [[UInt8]]) -> FingerprintList {
    var tokens = TokenizedText(keepsSourceRanges: true)
    var shingles = ShingleIDs(length: Fingerprints.shingleLength)
    var fingerprints = Fingerprints(rules: rules)
    var list = FingerprintList()
    for (index, document) in documents.enumerated() {
      tokens.read(document)
      shingles.read(tokens)
      fingerprints.read(tokens, shingles: &shingles)
      fingerprints.append(to: &list, document: UInt32(index))
      texts.append(PassageText(tokens, hasLetters: rules.countsSimilarWords))
      words.append(texts[index].tokens)
      var ranges: [Range<Int>] = []
      for token in 0..<tokens.count { ranges.append(tokens.sourceRange(ofToken: token)) }
      sourceRanges.append(ranges)
      let breaks = unsafe TokenBreaks(document.span.bytes, tokens)
      cutTexts.append(CutText(breaks, isStructured: false, rules: rules))
    }
    list.group()
    return list
  }

  /// The links of the seeds of all texts, in the order in which a corpus is searched.
  private func seedLinks() -> [PassageLink] {
    guard rules.hasSeeds else { return [] }
    let tokens = texts.reduce(0) { $0 + $1.count }
    let counters = SeedCounters(
      SeedCounters.Shape(tokenCount: tokens, budget: .max), slice: 0)
    var grams = SeedGrams()
    for text in texts {
      grams.read(text)
      counters.count(grams.hashes)
    }
    var postings = SeedPostings()
    for (number, text) in texts.enumerated() {
      grams.read(text)
      postings.append(grams, sharedBy: counters, document: UInt32(number))
    }
    postings.group()
    let join = SeedJoin([postings], ranks: Array(0..<UInt32(texts.count)), rules: rules)
    return (0..<SeedJoin.partitionCount).flatMap { join.links(inPartition: $0) }
  }

  private mutating func find(_ all: ArraySlice<PassageLink>) {
    let links = SeedCells.near(all)[...]
    guard let pair = links.first, PassageFinder.isWorthReading(links) else { return }
    let result = PassageFinder(rules: rules)
      .passages(links, texts[Int(pair.first)], texts[Int(pair.second)])
    passages += result.passages
    reordered += result.reordered
    runs += result.runs
    if let repeats = result.unfollowed { unfollowed.append(repeats) }
  }

  /// A passage's bytes in its two documents.
  func bytes(of passage: Passage) -> (first: Range<Int>, second: Range<Int>) {
    (
      bytes(passage.firstTokens, in: Int(passage.first)),
      bytes(passage.secondTokens, in: Int(passage.second))
    )
  }

  private func bytes(_ tokens: Range<Int>, in document: Int) -> Range<Int> {
    let ranges = sourceRanges[document]
    return ranges[tokens.lowerBound].lowerBound..<ranges[tokens.upperBound - 1].upperBound
  }
}
