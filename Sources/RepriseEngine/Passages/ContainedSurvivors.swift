internal import RepriseCore
internal import Synchronization

/// Finds kept documents that others were dropped for, and that one other document contains, before all
/// passages are found.
///
/// Documents are decided again for these, so everything else that was found would be in vain.
struct ContainedSurvivors: Sendable {
  let rules: PassageRules
  let threads: Int
  let order: KeepOrder
  let rereader: DocumentRereader
  /// The memory for texts, in bytes.
  let textByteCount: Int
  let monitor: RunMonitor

  /// Finds the documents.
  ///
  /// - Parameters:
  ///   - links: the links of the corpus.
  ///   - mayVanish: false for the documents to look for.
  ///   - isContainer: whether a document may contain them.
  ///   - isReference: whether a document is a reference, which no other document replaces.
  /// - Returns: those that are contained, and what contains them, by their ranks in keep order.
  /// - Complexity: O(links + bytes of documents of which most is linked with one other).
  func run(
    _ links: PassageLinks, mayVanish: (UInt32) -> Bool,
    isContainer: (UInt32) -> Bool = { _ in true }, isReference: (UInt32) -> Bool
  ) -> [UInt32: Containment.Drop] {
    guard rules.cuts.contained > 0 else { return [:] }
    let close = links.pairs(
      of: { !mayVanish($0) },
      isLinked: { first, second, count in
        let (one, other) = (tokenCount(first), tokenCount(second))
        let (shorter, longer) = other <= one ? (second, first) : (first, second)
        return !mayVanish(shorter) && isContainer(longer)
          && mayContain(min(one, other), linkCount: count)
      })
    guard close.count > 0 else { return [:] }
    rereader.copyMore(ranks: close.linkedDocuments, in: order)
    let found = Mutex([PassageList](repeating: PassageList(), count: close.documents.count))
    Workers.forEach(close.documents.count, threads: threads, monitor.cancellation) { _ in
      let reader = rereader.makeReader()
      return PassageReader(close, rules: rules, budget: textByteCount / threads) { rank in
        guard !monitor.cancellation.isCancelled else { return nil }
        return reader.passageText(of: order.document(rank))
      }
    } body: { index, reader in
      let runs = reader.runs(ofDocumentAt: index)
      found.withLock { $0[index] = runs }
    }
    var runs = found.withLock { $0 }
    return Containment(
      PassageList(joining: &runs), share: rules.cuts.contained, tokenCount: tokenCount,
      mayBeDropped: mayVanish, isReference: isReference
    ).blocked
  }

  /// Whether so many links are enough for the runs that a contained document has in its container:
  /// each window of a run has one.
  private func mayContain(_ tokenCount: Int, linkCount: Int) -> Bool {
    let tokensOfWindow = Self.tokensPerWord * rules.minimumWords
    return Double((linkCount + 1) * tokensOfWindow) >= rules.cuts.contained * Double(tokenCount)
  }

  /// The tokens of a word, if all are graphemes.
  private static let tokensPerWord = 2

  private func tokenCount(_ rank: UInt32) -> Int {
    rereader.tokenCount(of: order.document(rank))
  }
}
