internal import RepriseCore

/// Two documents, identified by their numbers.
package struct DocumentPair: Hashable, Sendable {
  /// The document that comes first in keep order.
  package let first: UInt32
  /// The document that comes second in keep order.
  package let second: UInt32
}

/// Pairs that were verified ahead, in the order in which they will be asked for.
///
/// Other pairs may be asked for in between.
private struct AnticipatedPairs {
  var pairs: [DocumentPair] = []
  var similarities: [MeasuredSimilarity?] = []
  private var place = 0

  init(pairs: [DocumentPair] = [], similarities: [MeasuredSimilarity?] = []) {
    self.pairs = pairs
    self.similarities = similarities
  }

  /// Whether this pair is the next one that was verified ahead.
  func takes(_ pair: DocumentPair) -> Bool { place < pairs.count && pairs[place] == pair }

  mutating func next() -> MeasuredSimilarity? {
    defer { place += 1 }
    return similarities[place]
  }
}

/// Two documents whose similarity was measured and reaches the threshold.
package struct VerifiedPair: Hashable, Sendable {
  /// The document that comes first in keep order.
  package let first: UInt32
  /// The document that comes second in keep order.
  package let second: UInt32
  /// The measured similarity, at least the threshold.
  package let similarity: MeasuredSimilarity

  /// Creates a verified pair.
  package init(first: UInt32, second: UInt32, similarity: MeasuredSimilarity) {
    self.first = first
    self.second = second
    self.similarity = similarity
  }
}

/// A near-duplicate that is dropped, and the survivor that it was compared with.
package struct Drop: Hashable, Sendable {
  /// The dropped document.
  package let document: UInt32
  /// The kept document that the dropped one was compared with: the most similar one.
  package let survivor: UInt32
  /// The similarity of the two documents.
  package let similarity: MeasuredSimilarity
}

/// Decides which documents of a component are kept.
///
/// Visits the documents in keep order and compares each with the survivors that share a bucket with
/// it. If one of them reaches the threshold, the document is dropped, and the most similar survivor
/// is recorded; otherwise it becomes a survivor itself.
///
/// Every dropped document was therefore compared with a kept one, and a chain of similar documents
/// does not lose its far end. Survivors that share a bucket are not similar, unless the bucket has
/// more than ``survivorLimit`` of them. At last, members of a bucket that no verified pairs connect
/// are compared with their neighbors there, to complete the clusters.
package struct SurvivorPass: Sendable {
  /// The maximum number of survivors of a bucket that a document is compared with.
  package var survivorLimit = 64
  /// The number of preceding members of its bucket that a document is compared with to complete
  /// clusters.
  package var neighborCount = 16

  /// The decisions on some components.
  package struct Outcome: Sendable {
    /// The verified pairs.
    package var pairs: [VerifiedPair] = []
    /// The dropped documents.
    package var drops: [Drop] = []
    /// The number of times that a survivor was not added to a bucket because the bucket was full.
    package var survivorLimitHits = 0

    /// Creates an empty outcome.
    package init() {}

    /// Adds a component of two documents that are similar: the second is dropped.
    mutating func drop(_ pair: DocumentPair, _ similarity: MeasuredSimilarity) {
      pairs.append(
        VerifiedPair(first: pair.first, second: pair.second, similarity: similarity))
      drops.append(Drop(document: pair.second, survivor: pair.first, similarity: similarity))
    }

    /// Adds the decisions on more components.
    mutating func append(_ other: Outcome) {
      pairs.append(contentsOf: other.pairs)
      drops.append(contentsOf: other.drops)
      survivorLimitHits += other.survivorLimitHits
    }
  }

  /// Creates a pass with the default limits.
  package init() {}

  /// Decides the documents of one component.
  /// - Parameters:
  ///   - component: the index of the component.
  ///   - components: the components that contain it.
  ///   - comesFirst: the keep order; nil for corpus order.
  ///   - verifyAll: does what `verify` does, for many pairs, for example on several threads. It is
  ///     called for the pairs that a block of documents certainly needs, and must not change any
  ///     result.
  ///   - verify: returns the similarity of two documents if it reaches the threshold, else nil.
  ///   - outcome: the verified pairs and the drops are appended to it.
  /// - Throws: what `verify` or `verifyAll` throws.
  /// - Complexity: O(members of the buckets x limits) calls of `verify`.
  package func run<Failure: Error>(
    component: Int, of components: CandidateComponents,
    comesFirst: ((UInt32, UInt32) -> Bool)? = nil,
    verifyAll: (([DocumentPair]) throws(Failure) -> [MeasuredSimilarity?])? = nil,
    verify: (UInt32, UInt32) throws(Failure) -> MeasuredSimilarity?,
    into outcome: inout Outcome
  ) throws(Failure) {
    let members = components.documents(of: component)
    if members.count == 2 {
      let (one, other) = (members[members.startIndex], members[members.startIndex + 1])
      let isSwapped = comesFirst?(other, one) ?? false
      let pair = DocumentPair(first: isSwapped ? other : one, second: isSwapped ? one : other)
      if let similarity = try verify(pair.first, pair.second) { outcome.drop(pair, similarity) }
      return
    }
    var documents = Array(members)
    if let comesFirst { documents.sort(by: comesFirst) }
    let layout = ComponentLayout(documents, components.buckets(of: component))
    var state = ComponentState(layout)
    var next = 0
    while next < layout.documents.count {
      let block = next..<min(next + Self.blockCount, layout.documents.count)
      var known = AnticipatedPairs()
      if let verifyAll { known = try anticipate(block, layout, &state, verifyAll) }
      for document in block { try choose(document, layout, &state, &known, verify) }
      next = block.upperBound
    }
    for bucket in 0..<layout.bucketCount {
      try complete(layout.members(of: bucket), layout, &state, verify)
    }
    outcome.append(state.outcome)
  }

  /// The number of documents whose pairs are verified together.
  private static let blockCount = 2048

  /// Verifies the documents of a block against the survivors found before the block.
  private func anticipate<Failure: Error>(
    _ block: Range<Int>, _ layout: ComponentLayout, _ state: inout ComponentState,
    _ verifyAll: ([DocumentPair]) throws(Failure) -> [MeasuredSimilarity?]
  ) throws(Failure) -> AnticipatedPairs {
    var pairs: [DocumentPair] = []
    for document in block {
      for survivor in state.survivors(near: document, layout) {
        pairs.append(
          DocumentPair(first: layout.documents[survivor], second: layout.documents[document]))
      }
    }
    return AnticipatedPairs(pairs: pairs, similarities: try verifyAll(pairs))
  }

  private func choose<Failure: Error>(
    _ document: Int, _ layout: ComponentLayout, _ state: inout ComponentState,
    _ known: inout AnticipatedPairs,
    _ verify: (UInt32, UInt32) throws(Failure) -> MeasuredSimilarity?
  ) throws(Failure) {
    var best: (survivor: Int, similarity: MeasuredSimilarity)?
    var dissimilar: [Int] = []
    for survivor in state.survivors(near: document, layout) {
      let pair = DocumentPair(
        first: layout.documents[survivor], second: layout.documents[document])
      let measured: MeasuredSimilarity?
      if known.takes(pair) {
        measured = known.next()
      } else {
        measured = try verify(pair.first, pair.second)
      }
      guard let similarity = measured else {
        dissimilar.append(survivor)
        continue
      }
      state.join(survivor, document, similarity, layout)
      if similarity.jaccard > best?.similarity.jaccard ?? -1 { best = (survivor, similarity) }
    }
    guard let best else {
      state.keep(document, layout, survivorLimit)
      return
    }
    let drop = Drop(
      document: layout.documents[document], survivor: layout.documents[best.survivor],
      similarity: best.similarity)
    state.outcome.drops.append(drop)
    state.reject(dissimilar, document)
  }

  private func complete<Failure: Error>(
    _ members: ArraySlice<UInt32>, _ layout: ComponentLayout, _ state: inout ComponentState,
    _ verify: (UInt32, UInt32) throws(Failure) -> MeasuredSimilarity?
  ) throws(Failure) {
    for place in members.indices {
      let second = Int(members[place])
      for other in max(members.startIndex, place - neighborCount)..<place {
        let first = Int(members[other])
        guard state.shouldCompare(first, second) else { continue }
        let pair = (layout.documents[first], layout.documents[second])
        if let similarity = try verify(pair.0, pair.1) {
          state.join(first, second, similarity, layout)
        }
      }
    }
  }
}
