/// How candidate pairs are verified.
public enum VerificationMethod: String, Sendable, CaseIterable {
  /// By the exact Jaccard similarity of the shingle sets. The candidates' texts are read again.
  case exact
  /// By an estimate from the signatures, which is faster but can be wrong.
  case signature
}
