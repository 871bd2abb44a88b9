internal import RepriseCore

/// Finds the passages of linked documents.
///
/// Reads the texts again when it needs them, and caches them within a memory budget. Not
/// thread-safe: use one reader per thread.
package final class PassageReader {
  private let links: PassageLinks
  private let finder: PassageFinder
  private let makeText: (UInt32) -> PassageText?
  private var cache: DocumentCache<PassageText>
  /// The repeats that were not followed so far.
  package private(set) var unfollowed: [UnfollowedRepeats] = []

  /// Creates a reader.
  /// - Parameters:
  ///   - links: the links of the corpus.
  ///   - rules: the minimum length of a passage.
  ///   - budget: the memory for cached texts, in bytes; two texts may exceed it.
  ///   - makeText: reads a document, identified by its rank in keep order; nil if it cannot be
  ///     read, and then no passage of it is found.
  package init(
    _ links: PassageLinks, rules: PassageRules, budget: Int,
    makeText: @escaping (UInt32) -> PassageText?
  ) {
    self.links = links
    finder = PassageFinder(rules: rules)
    self.makeText = makeText
    cache = DocumentCache(budget: budget)
  }

  /// Finds the passages of one document with itself and with the documents after it in keep order.
  ///
  /// - Parameter index: an index in ``PassageLinks/documents``.
  /// - Returns: passages and runs of equal tokens, in keep order of the second document; none of a
  ///   document that cannot be read.
  /// - Complexity: O(links of the document + bytes of the linked documents).
  package func passages(ofDocumentAt index: Int) -> (passages: PassageList, runs: PassageList) {
    var (passages, runs) = (PassageList(), PassageList())
    let pairs = links.pairs(ofDocumentAt: index)
    guard !pairs.isEmpty, let first = text(links.documents[index]) else { return (passages, runs) }
    for pair in pairs {
      guard let second = text(pair[pair.startIndex].second) else { continue }
      let result = finder.passages(pair, first, second)
      if let unfollowed = result.unfollowed { self.unfollowed.append(unfollowed) }
      for passage in result.passages { passages.append(passage) }
      for passage in result.reordered { passages.append(passage.outline) }
      for run in result.runs { runs.append(run) }
    }
    return (passages, runs)
  }

  /// Finds only the runs of equal tokens of one document with itself and with the documents after it.
  ///
  /// - Parameter index: an index in ``PassageLinks/documents``.
  /// - Returns: the runs, in keep order of the second document.
  /// - Complexity: O(links of the document + bytes of the linked documents).
  package func runs(ofDocumentAt index: Int) -> PassageList {
    var runs = PassageList()
    let pairs = links.pairs(ofDocumentAt: index)
    guard !pairs.isEmpty, let first = text(links.documents[index]) else { return runs }
    for pair in pairs {
      guard let second = text(pair[pair.startIndex].second) else { continue }
      for run in finder.runs(pair, first, second) { runs.append(run) }
    }
    return runs
  }

  private func text(_ document: UInt32) -> PassageText? {
    if let known = cache[document] { return known }
    guard let made = makeText(document) else { return nil }
    cache.insert(made, for: document)
    return made
  }
}
