/// What is left of a corpus when its cuts are made, and where its documents may share words that
/// were not compared yet.
///
/// There are two such places: near a *seam*, and in a *contested* run, whose other occurrence is
/// gone for the sake of a third document.
public struct CutCorpus: Sendable {
  /// What is left of each document that is trimmed, by its rank in keep order.
  public let remaining: [UInt32: RemainingTokens]
  /// The tokens of contested runs that are left, in positions of the whole documents.
  private var contested: [UInt32: TokenRanges] = [:]
  private var compared: Set<Diagonal> = []
  private let minimumWords: Int

  /// Two documents, and the distance between equal tokens of them.
  private struct Diagonal: Hashable {
    let first: UInt32
    let second: UInt32
    let shift: Int

    init(_ first: UInt32, _ second: UInt32, _ match: Passage.Match) {
      (self.first, self.second, shift) = (first, second, match.second - match.first)
    }
  }

  /// Creates a corpus without cuts.
  public init(rules: PassageRules) {
    self.init([:], remaining: [:], candidates: [], dropped: [], rules: rules)
  }

  /// - Complexity: O(n log n) for n cuts and candidates.
  init(
    _ taken: [UInt32: TokenRanges], remaining: [UInt32: RemainingTokens],
    candidates: [PassageList], dropped: Set<UInt32>, rules: PassageRules
  ) {
    self.remaining = remaining
    minimumWords = rules.minimumWords
    for list in candidates {
      for index in list.indices {
        let (first, second) = list.documents(at: index)
        guard first != second else { continue }
        let tokens = (first: list.firstTokens(at: index), second: list.secondTokens(at: index))
        if dropped.contains(first) || taken[first]?.intersects(tokens.first) == true {
          contest(tokens.second, of: second, outside: taken, rules)
        }
        if dropped.contains(second) { contest(tokens.first, of: first, outside: taken, rules) }
      }
    }
    for list in candidates where !contested.isEmpty {
      for index in list.indices {
        let (first, second) = list.documents(at: index)
        guard contested[first] != nil || contested[second] != nil else { continue }
        for match in list[index].matches { compared.insert(Diagonal(first, second, match)) }
      }
    }
  }

  /// Notes what is left of a run whose other occurrence is gone.
  private mutating func contest(
    _ tokens: Range<Int>, of document: UInt32, outside taken: [UInt32: TokenRanges],
    _ rules: PassageRules
  ) {
    // Around the fingerprint of a longer run, this many words at least are equal.
    for gap in taken[document, default: TokenRanges()].gaps(in: tokens)
    where 2 * gap.count >= rules.minimumWords {
      contested[document, default: TokenRanges()].insert(gap)
    }
  }

  /// Finds the documents that have other tokens left, or contested, than before.
  ///
  /// - Parameter earlier: what was left before.
  /// - Returns: their ranks in keep order.
  /// - Complexity: O(n) for n cuts and contested runs.
  public func changes(since earlier: CutCorpus) -> Set<UInt32> {
    var changes: Set<UInt32> = []
    for document in Set(remaining.keys).union(earlier.remaining.keys)
    where remaining[document] != earlier.remaining[document] {
      changes.insert(document)
    }
    for document in Set(contested.keys).union(earlier.contested.keys)
    where contested[document]?.ranges != earlier.contested[document]?.ranges {
      changes.insert(document)
    }
    return changes
  }

  /// The documents that have contested runs, by their ranks in keep order.
  public var contestedDocuments: some Sequence<UInt32> { contested.keys }

  /// Whether a token of a document is in a contested run.
  /// - Complexity: O(log n) for n runs of the document.
  func isContested(_ token: Int, of document: UInt32) -> Bool {
    contested[document]?.intersects(token..<token + 1) ?? false
  }

  /// Whether a position in what is left of a document is near a seam.
  /// - Complexity: O(log n) for n cuts of the document.
  func isNearSeam(_ position: Int, of document: UInt32) -> Bool {
    remaining[document]?.hasSeam(inWindowOf: minimumWords, around: position) ?? false
  }

  /// Tells whether two documents may share words around a link that were not compared yet.
  ///
  /// - Parameter link: a link in new positions.
  /// - Returns: true if they may.
  /// - Complexity: O(log n) for n cuts and runs of the documents.
  public func isOpen(_ link: PassageLink) -> Bool {
    guard link.first != link.second, link.mayBeLong else { return false }
    func isOpen(_ position: UInt32, of document: UInt32) -> Bool {
      isNearSeam(Int(position), of: document)
        || isContested(token(at: Int(position), of: document), of: document)
    }
    return isOpen(link.firstPosition, of: link.first)
      || isOpen(link.secondPosition, of: link.second)
  }

  private func token(at position: Int, of document: UInt32) -> Int {
    remaining[document]?.token(at: position).token ?? position
  }

  /// A run in what is left of two documents, in positions of the whole documents: a match for each
  /// part between two seams.
  ///
  /// - Parameter run: a run of equal tokens, in new positions.
  /// - Returns: the run; nil if it was compared before.
  /// - Complexity: O(parts · log n) for n cuts of the documents.
  public func whole(_ run: Passage) -> Passage? {
    let whole = Passage(run, in: remaining[run.first], remaining[run.second])
    let isKnown =
      whole.matches.count == 1
      && (contested.isEmpty || compared.contains(Diagonal(run.first, run.second, whole.matches[0])))
    return isKnown ? nil : whole
  }

  /// All that is left of two documents that have the same tokens left.
  ///
  /// - Parameters:
  ///   - first: the document that comes first in keep order.
  ///   - second: the other document.
  ///   - count: the number of tokens that are left of each, at least 1.
  /// - Returns: a passage with a match for each part between two seams.
  public func remainder(of first: UInt32, _ second: UInt32, count: Int) -> Passage {
    let match = Passage.Match(first: 0, second: 0, count: count)
    return Passage(
      Passage(first: first, second: second, matches: [match], words: count),
      in: remaining[first], remaining[second])
  }
}

extension Passage {
  /// A run in what is left of two documents, in positions of the whole documents.
  fileprivate init(_ run: Passage, in first: RemainingTokens?, _ second: RemainingTokens?) {
    var matches: [Match] = []
    for match in run.matches {
      var offset = 0
      while offset < match.count {
        let left = Self.token(at: match.first + offset, in: first)
        let right = Self.token(at: match.second + offset, in: second)
        let count = min(left.count, right.count, match.count - offset)
        matches.append(Match(first: left.token, second: right.token, count: count))
        offset += count
      }
    }
    self.init(first: run.first, second: run.second, matches: matches, words: run.words)
  }

  private static func token(
    at position: Int, in remaining: RemainingTokens?
  ) -> (token: Int, count: Int) {
    remaining?.token(at: position) ?? (token: position, count: .max)
  }
}
