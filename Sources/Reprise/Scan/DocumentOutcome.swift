internal import RepriseCore
internal import RepriseEngine
internal import RepriseFormats

/// What becomes of one document.
struct DocumentOutcome {
  var status = ManifestEntry.Status.keep
  var reason: ManifestEntry.Reason?
  /// The kept document that has the text of a dropped one, or most of it.
  var duplicateOf: Int?
  var similarity: Double?
  var cluster: Int?
  var cuts: [FoundPassages.DocumentCut] = []
}

/// The outcomes of all documents: the decisions on whole documents and on passages together.
struct DocumentOutcomes: Sendable {
  let decisions: Decisions
  let passages: FoundPassages

  /// Returns the outcome of a document.
  ///
  /// - Parameters:
  ///   - document: the document.
  ///   - descriptor: its descriptor.
  ///   - problem: the class of the problem of an unreadable document.
  /// - Returns: what becomes of it.
  @inline(__always)
  func outcome(
    of document: Int, _ descriptor: DocumentDescriptor, problem: @autoclosure () -> String
  ) -> DocumentOutcome {
    var outcome = DocumentOutcome()
    let cluster = decisions.clusters[document]
    outcome.cluster = cluster == Decisions.noCluster ? nil : Int(cluster)
    if decisions.isDropped(document) {
      let similarity = decisions.similarity(of: document)
      outcome.status = .drop
      outcome.reason =
        similarity != nil ? .near : decisions.hasSameText(document) ? .exact : .words
      outcome.similarity = similarity ?? 1
      let survivor = Int(decisions.survivors[document])
      outcome.duplicateOf = survivor
      if similarity == nil, !passages.dropped.isEmpty, let dropped = passages.dropped[survivor] {
        set(dropped, document, &outcome)
      }
    } else if let dropped = passages.dropped[document] {
      set(dropped, document, &outcome)
    } else if descriptor.isUnreadable {
      outcome.status = .unreadable
      outcome.reason = ManifestEntry.Reason(rawValue: problem())
    } else if descriptor.contentHash.tokenCount == 0 {
      outcome.status = .empty
    } else if let cuts = passages.cuts[document] {
      outcome.status = .trim
      outcome.reason = .passage
      outcome.cuts = cuts
    }
    return outcome
  }

  /// Returns the document that a dropped one repeats; nil for one that is not dropped.
  func keptDocument(for document: Int) -> Int? {
    guard decisions.isDropped(document) else {
      return passages.dropped[document].flatMap { kept(by: $0, document) }
    }
    let survivor = Int(decisions.survivors[document])
    guard !passages.dropped.isEmpty, let dropped = passages.dropped[survivor],
      decisions.similarity(of: document) == nil
    else { return survivor }
    return kept(by: dropped, document)
  }

  private func kept(by dropped: FoundPassages.Dropped, _ document: Int) -> Int? {
    switch dropped {
    case .contained(let container, _): container
    case .near(let kept, _): kept
    case .repeated, .remnant:
      (passages.cuts[document] ?? []).filter { $0.source != document }
        .max { $0.bytes.count < $1.bytes.count }?.source
    }
  }

  /// Describes a document that is dropped because of its passages, or a copy of one.
  private func set(
    _ dropped: FoundPassages.Dropped, _ document: Int, _ outcome: inout DocumentOutcome
  ) {
    outcome.status = .drop
    switch dropped {
    case .contained(_, let share):
      outcome.reason = .contained
      outcome.cuts = passages.cuts[document] ?? []
      outcome.similarity = share
    case .near(_, let similarity):
      outcome.reason = .near
      outcome.cuts = passages.cuts[document] ?? []
      outcome.similarity = similarity.jaccard
    case .repeated, .remnant:
      outcome.cuts = passages.cuts[document] ?? []
      if case .remnant = dropped { outcome.reason = .remnant } else { outcome.reason = .passage }
      outcome.similarity = nil
    }
    outcome.duplicateOf = kept(by: dropped, document)
  }
}
