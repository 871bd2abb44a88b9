/// The method that computes the slots of a signature.
public enum SignatureMethod: String, Sendable, CaseIterable {
  /// Fast similarity sketching with one bucket round: a smaller error, and far less work.
  case sketch
  /// Classical MinHash with affine functions (`MinHash`, seed 1).
  case minhash
}
