/// Two documents that repeat each other: one line of `pairs.jsonl`.
public struct PairEntry: Hashable, Sendable {
  /// The document that is earlier in the corpus.
  public var first: DocumentName
  /// The other document.
  public var second: DocumentName
  /// The kind of repetition: `exact` and `words` for equal tokens, else `near`.
  public var reason: ManifestEntry.Reason
  /// The Jaccard similarity of the two shingle sets, exact or estimated.
  public var jaccard: Double
  /// The number of shingles in both documents; for an estimate, the number of equal slots; nil if
  /// the tokens are equal, because shingles are then not counted.
  public var intersection: Int?
  /// The number of shingles in at least one document; for an estimate, the number of slots of a
  /// signature; nil if the tokens are equal.
  public var union: Int?
  /// True if the numbers are an estimate from the signatures.
  public var isEstimated: Bool

  /// Creates a pair.
  package init(
    first: DocumentName, second: DocumentName, reason: ManifestEntry.Reason, jaccard: Double,
    intersection: Int? = nil, union: Int? = nil, isEstimated: Bool = false
  ) {
    (self.first, self.second, self.reason) = (first, second, reason)
    (self.jaccard, self.intersection, self.union) = (jaccard, intersection, union)
    self.isEstimated = isEstimated
  }
}

extension PairEntry: ResultEntry {
  /// Writes every key; exact pairs do not have `estimated`.
  package func write(to writer: inout JSONWriter) {
    PairLine(
      first: first.reference, second: second.reference, reason: reason, jaccard: jaccard,
      intersection: intersection, union: union, isEstimated: isEstimated
    ).write(to: &writer)
  }
}

extension PairEntry {
  /// Reads the JSON form; nil if a field is missing or has a value that no run writes.
  package init?(_ tree: JSONTree) {
    guard let first = tree["first"].flatMap(DocumentName.init),
      let second = tree["second"].flatMap(DocumentName.init),
      let reason = tree["reason"]?.string, let jaccard = tree["jaccard"]?.double
    else { return nil }
    self.init(
      first: first, second: second, reason: ManifestEntry.Reason(rawValue: reason),
      jaccard: jaccard, intersection: tree["intersection"]?.integer, union: tree["union"]?.integer,
      isEstimated: tree["estimated"]?.bool ?? false)
  }
}
