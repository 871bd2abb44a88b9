internal import RepriseCore

/// What is left of a corpus when its cuts are made.
///
/// Documents share words that were not compared yet near a *seam*, where words follow one another
/// only because of a cut.
package struct CutCorpus: Sendable {
  /// What is left of each document that is trimmed, by its rank in keep order.
  package let remaining: [UInt32: RemainingTokens]
  private let minimumWords: Int
  /// True if edited passages are cut: one of what is left may be anywhere in a trimmed document.
  private let findsEdited: Bool
  /// True if repeats within a document are cut.
  let findsRepeats: Bool

  /// Creates a corpus without cuts.
  package init(rules: PassageRules) { self.init(remaining: [:], rules: rules) }

  init(remaining: [UInt32: RemainingTokens], rules: PassageRules) {
    self.remaining = remaining
    minimumWords = rules.minimumWords
    findsEdited = rules.cuts.mode == .edited
    findsRepeats = rules.cuts.cutsRepeats
  }

  /// Finds the documents that have other tokens left than before.
  ///
  /// - Parameter earlier: what was left before.
  /// - Returns: their ranks in keep order.
  /// - Complexity: O(n) for n cuts.
  package func changes(since earlier: CutCorpus) -> Set<UInt32> {
    var changes: Set<UInt32> = []
    for document in Set(remaining.keys).union(earlier.remaining.keys)
    where remaining[document] != earlier.remaining[document] {
      changes.insert(document)
    }
    return changes
  }

  /// Whether a position in what is left of a document is where words may be shared that were not
  /// compared yet: near a seam or, if edited passages are cut, anywhere in a trimmed document.
  /// - Complexity: O(log n) for n cuts of the document.
  func isNearSeam(_ position: Int, of document: UInt32) -> Bool {
    guard let remaining = remaining[document] else { return false }
    return findsEdited || remaining.hasSeam(inWindowOf: minimumWords, around: position)
  }

  /// The token of a document at a position in what is left of it.
  /// - Complexity: O(log n) for n cuts of the document.
  func token(at position: Int, of document: UInt32) -> Int {
    remaining[document]?.token(at: position).token ?? position
  }

  /// The position of a token in what is left of its document; nil if it is cut.
  /// - Complexity: O(log n) for n cuts of the document.
  func position(ofToken token: Int, of document: UInt32) -> Int? {
    guard let remaining = remaining[document] else { return token }
    return remaining.position(ofToken: token)
  }

  /// Tells whether two documents, or two places of one, may share words around a link that were not
  /// compared yet.
  ///
  /// - Parameter link: a link in new positions.
  /// - Returns: true if they may.
  /// - Complexity: O(log n) for n cuts of the documents.
  package func isOpen(_ link: PassageLink) -> Bool {
    guard link.first != link.second || findsRepeats, findsEdited || link.mayBeLong
    else { return false }
    return isNearSeam(Int(link.firstPosition), of: link.first)
      || isNearSeam(Int(link.secondPosition), of: link.second)
  }

  /// A run in what is left of two documents, in positions of the whole documents: a match for each
  /// part between two seams.
  ///
  /// - Parameter run: a run of equal tokens, or another passage, in new positions.
  /// - Returns: the same in positions of the whole documents.
  /// - Complexity: O(parts · log n) for n cuts of the documents.
  package func whole(_ run: Passage) -> Passage {
    Passage(run, in: remaining[run.first], remaining[run.second])
  }

  /// All that is left of two documents that have the same tokens left.
  ///
  /// - Parameters:
  ///   - first: the document that comes first in keep order.
  ///   - second: the other document.
  ///   - count: the number of tokens that are left of each, at least 1.
  /// - Returns: a passage with a match for each part between two seams.
  package func remainder(of first: UInt32, _ second: UInt32, count: Int) -> Passage {
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
    self.init(
      first: run.first, second: run.second, matches: matches, words: run.words,
      similarCount: run.similarCount)
  }

  private static func token(
    at position: Int, in remaining: RemainingTokens?
  ) -> (token: Int, count: Int) {
    remaining?.token(at: position) ?? (token: position, count: .max)
  }
}
