internal import RepriseCore

/// The links of a corpus, grouped by their first documents.
package struct PassageLinks: Sendable {
  private let links: [PassageLink]
  /// The documents that are the first of a link, ascending.
  package let documents: [UInt32]
  private let starts: [Int]

  /// Gathers the links of all partitions.
  /// - Parameters:
  ///   - groups: the links of each partition, which are emptied to free their memory.
  ///   - documentCount: the number of documents.
  /// - Complexity: O(links + documents).
  package init(_ groups: inout [[PassageLink]], documentCount: Int) {
    var counts = [UInt32](repeating: 0, count: documentCount + 1)
    for group in groups {
      for link in group { counts[Int(link.first) + 1] += 1 }
    }
    documents = (0..<UInt32(documentCount)).filter { counts[Int($0) + 1] > 0 }
    for document in 0..<documentCount { counts[document + 1] += counts[document] }
    starts = documents.map { Int(counts[Int($0)]) } + [Int(counts[documentCount])]
    let none = PassageLink(
      FingerprintPosting(document: 0, position: 0, context: 0),
      FingerprintPosting(document: 0, position: 0, context: 0))
    var sorted = [PassageLink](repeating: none, count: Int(counts[documentCount]))
    for index in groups.indices {
      for link in groups[index] {
        sorted[Int(counts[Int(link.first)])] = link
        counts[Int(link.first)] += 1
      }
      groups[index] = []
    }
    links = sorted
  }

  private init(_ links: [PassageLink], documents: [UInt32], starts: [Int]) {
    (self.links, self.documents, self.starts) = (links, documents, starts)
  }

  /// The links of some pairs of different documents.
  ///
  /// - Parameters:
  ///   - isIncluded: whether a document takes part, as the first or the second one of a pair.
  ///   - isLinked: whether so many links of a pair are enough.
  /// - Returns: all links of these pairs.
  /// - Complexity: O(links).
  package func pairs(
    of isIncluded: (UInt32) -> Bool,
    isLinked: (_ first: UInt32, _ second: UInt32, _ count: Int) -> Bool
  ) -> PassageLinks {
    var (chosen, owners, starts) = ([PassageLink](), [UInt32](), [0])
    for (index, first) in documents.enumerated() {
      let own = links[self.starts[index]..<self.starts[index + 1]]
      let isOwn = isIncluded(first)
      var counts: [UInt32: Int] = [:]
      for link in own where link.second != first && (isOwn || isIncluded(link.second)) {
        counts[link.second, default: 0] += 1
      }
      let seconds = counts.filter { isLinked(first, $0.key, $0.value) }
      guard !seconds.isEmpty else { continue }
      chosen += own.lazy.filter { seconds[$0.second] != nil }
      owners.append(first)
      starts.append(chosen.count)
    }
    return PassageLinks(chosen, documents: owners, starts: starts)
  }

  /// The number of links.
  package var count: Int { links.count }

  /// The links of one first document, one slice for each second document.
  ///
  /// Pairs whose links show that they share no passage are left out.
  ///
  /// - Parameter index: an index in ``documents``.
  /// - Returns: the links of each pair, in keep order of the second document.
  /// - Complexity: O(n log n) for the n links of the document.
  func pairs(ofDocumentAt index: Int) -> [ArraySlice<PassageLink>] {
    let sorted = links[starts[index]..<starts[index + 1]].sorted {
      ($0.second, $0.secondPosition, $0.firstPosition)
        < ($1.second, $1.secondPosition, $1.firstPosition)
    }
    var pairs: [ArraySlice<PassageLink>] = []
    var rest = sorted[...]
    while let second = rest.first?.second {
      let pair = rest.prefix { $0.second == second }
      rest = rest.dropFirst(pair.count)
      let near = pair.contains { $0.isSeed } ? SeedCells.near(pair)[...] : pair
      if PassageFinder.isWorthReading(near) { pairs.append(near) }
    }
    return pairs
  }

  /// The documents whose text must be read to find passages, in order.
  package var readDocuments: [UInt32] {
    var read: Set<UInt32> = []
    for index in documents.indices {
      let pairs = pairs(ofDocumentAt: index)
      if !pairs.isEmpty { read.insert(documents[index]) }
      for pair in pairs { read.insert(pair[pair.startIndex].second) }
    }
    return read.sorted()
  }

  /// All documents that are linked, in order.
  package var linkedDocuments: [UInt32] {
    Set(documents).union(links.lazy.map(\.second)).sorted()
  }
}
