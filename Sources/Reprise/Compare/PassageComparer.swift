internal import RepriseCore
internal import RepriseEngine

/// Finds the passages that two texts share.
///
/// Not thread-safe.
struct PassageComparer: ~Copyable {
  private let rules: PassageRules
  private var tokens: TokenizedText
  private var shingles = ShingleIDs(length: Fingerprints.shingleLength)
  private var fingerprints: Fingerprints
  private var list = FingerprintList()

  init(rules: PassageRules, tokens tokenRules: TokenRules) {
    tokens = TokenizedText(keepsSourceRanges: true, rules: tokenRules)
    self.rules = rules
    fingerprints = Fingerprints(rules: rules)
  }

  /// Returns the shared passages in the order of the second text, and the number of its tokens that
  /// may be in further passages, which were not followed.
  mutating func passages(
    _ first: RawSpan, _ second: RawSpan
  ) -> (shared: [SharedPassage], unfollowedCount: Int) {
    let (left, right) = (read(first, number: 0), read(second, number: 1))
    list.group()
    let join = FingerprintJoin([(list, 0)], ranks: [0, 1], rules: rules)
    let links =
      (0..<FingerprintList.partitionCount).flatMap { part in
        join.links(inPartition: part).links.filter { $0.first != $0.second }
      } + seedLinks([left.words, right.words])
    let result = PassageFinder(rules: rules).passages(links[...], left.words, right.words)
    let passages = result.passages + result.reordered.flatMap(\.fragments)
    return (
      passages.sorted { $0.secondTokens.lowerBound < $1.secondTokens.lowerBound }
        .map { shared($0, left, right) },
      result.unfollowed?.tokenCount(outside: result.passages) ?? 0
    )
  }

  /// The links between seeds that few places of the two texts share.
  private func seedLinks(_ texts: [PassageText]) -> [PassageLink] {
    guard rules.hasSeeds else { return [] }
    var (grams, postings) = (SeedGrams(), SeedPostings())
    for (number, text) in texts.enumerated() {
      grams.read(text)
      postings.append(grams, document: UInt32(number))
    }
    postings.group()
    let join = SeedJoin([postings], ranks: [0, 1], rules: rules)
    return (0..<SeedJoin.partitionCount).flatMap { partition in
      join.links(inPartition: partition).filter { $0.first != $0.second }
    }
  }

  private mutating func read(_ text: RawSpan, number: UInt32) -> PlacedText {
    tokens.read(text)
    shingles.read(tokens)
    fingerprints.read(tokens, shingles: &shingles)
    fingerprints.append(to: &list, document: number)
    return PlacedText(tokens, text, hasLetters: rules.countsSimilarWords)
  }

  private func shared(
    _ passage: Passage, _ first: PlacedText, _ second: PlacedText
  ) -> SharedPassage {
    var parts: [SharedPassage.Part] = []
    var (firstEnd, secondEnd) = (passage.firstTokens.lowerBound, passage.secondTokens.lowerBound)
    func append(_ one: Range<Int>, _ other: Range<Int>, isEqual: Bool) {
      parts.append(
        SharedPassage.Part(
          isEqual: isEqual, first: first.place(one), second: second.place(other),
          firstText: first.text(one), secondText: second.text(other)))
    }
    for match in passage.matches {
      let ends = (match.first + match.count, match.second + match.count)
      if !parts.isEmpty { append(firstEnd..<match.first, secondEnd..<match.second, isEqual: false) }
      append(match.first..<ends.0, match.second..<ends.1, isEqual: true)
      (firstEnd, secondEnd) = ends
    }
    return SharedPassage(
      first: first.place(passage.firstTokens), second: second.place(passage.secondTokens),
      words: passage.words, identity: passage.identity, parts: parts)
  }
}

/// A text with the byte ranges of its tokens and the offsets of its line feeds.
private struct PlacedText {
  let words: PassageText
  private let tokens: [Range<Int>]
  private let bytes: [UInt8]
  private let lineFeeds: [Int]

  init(_ text: borrowing TokenizedText, _ source: RawSpan, hasLetters: Bool) {
    words = PassageText(text, hasLetters: hasLetters)
    var tokens: [Range<Int>] = []
    tokens.reserveCapacity(text.count)
    for token in 0..<text.count { tokens.append(text.sourceRange(ofToken: token)) }
    self.tokens = tokens
    let bytes = unsafe source.withUnsafeBytes { unsafe Array($0) }
    self.bytes = bytes
    lineFeeds = bytes.indices.filter { bytes[$0] == 0x0A }
  }

  /// The byte range of a range of tokens.
  ///
  /// For an empty range, the end of the token before it.
  private func range(_ tokens: Range<Int>) -> Range<Int> {
    guard !tokens.isEmpty else {
      let end = tokens.lowerBound > 0 ? self.tokens[tokens.lowerBound - 1].upperBound : 0
      return end..<end
    }
    return self.tokens[tokens.lowerBound].lowerBound..<self.tokens[tokens.upperBound - 1].upperBound
  }

  func place(_ tokens: Range<Int>) -> SharedPassage.Place {
    let range = range(tokens)
    return SharedPassage.Place(
      bytes: range, firstLine: line(of: range.lowerBound),
      lastLine: line(of: max(range.lowerBound, range.upperBound - 1)))
  }

  func text(_ tokens: Range<Int>) -> String {
    String(decoding: bytes[range(tokens)], as: UTF8.self)
  }

  private func line(of byte: Int) -> Int {
    var (low, high) = (0, lineFeeds.count)
    while low < high {
      let middle = (low + high) / 2
      if lineFeeds[middle] < byte { low = middle + 1 } else { high = middle }
    }
    return low + 1
  }
}
