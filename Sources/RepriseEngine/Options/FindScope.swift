/// The kinds of repetition that a scan finds.
public enum FindScope: String, Sendable, CaseIterable {
  /// Duplicate documents, exact ones and near-duplicates.
  case documents
  /// Repeated passages.
  case passages
  /// Both: duplicates first, then passages in the documents that are kept.
  case all
}
