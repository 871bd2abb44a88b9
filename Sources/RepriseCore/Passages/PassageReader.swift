/// Finds the passages of linked documents, whose texts it asks for again and keeps within a budget.
public final class PassageReader {
  private let links: PassageLinks
  private let finder: PassageFinder
  private let makeText: (UInt32) -> PassageText?
  private var cache: DocumentCache<PassageText>
  /// What was not followed so far.
  public private(set) var unfollowed: [UnfollowedRepeats] = []

  /// Creates a reader for one thread.
  /// - Parameters:
  ///   - links: the links of the corpus.
  ///   - rules: what counts as a passage.
  ///   - budget: the memory that texts may take, in bytes; at least two are always kept.
  ///   - makeText: reads a document, named by its place in keep order; nil if it cannot be read,
  ///     which finds nothing.
  public init(
    _ links: PassageLinks, rules: PassageRules, budget: Int,
    makeText: @escaping (UInt32) -> PassageText?
  ) {
    self.links = links
    finder = PassageFinder(rules: rules)
    self.makeText = makeText
    cache = DocumentCache(budget: budget)
  }

  /// The passages of one document with itself and those behind it in keep order.
  ///
  /// - Parameter index: a place in ``PassageLinks/documents``.
  /// - Returns: passages in keep order of the other document; none if one cannot be read.
  /// - Complexity: O(links of the document + bytes of the documents linked).
  public func passages(ofDocumentAt index: Int) -> [Passage] {
    let pairs = links.pairs(ofDocumentAt: index)
    guard !pairs.isEmpty, let first = text(links.documents[index]) else { return [] }
    return pairs.flatMap { pair -> [Passage] in
      guard let second = text(pair[pair.startIndex].second) else { return [] }
      let result = finder.passages(pair, first, second)
      if let unfollowed = result.unfollowed { self.unfollowed.append(unfollowed) }
      return result.passages
    }
  }

  private func text(_ document: UInt32) -> PassageText? {
    if let known = cache[document] { return known }
    guard let made = makeText(document) else { return nil }
    cache.insert(made, for: document)
    return made
  }
}
