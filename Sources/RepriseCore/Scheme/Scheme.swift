/// The parameters that determine every stored number.
///
/// Signatures can be compared only if they were made with equal parameters.
package struct Scheme: Hashable, Sendable {
  /// The version of the scheme, which `docs/scheme.md` specifies byte by byte.
  package static let number: UInt32 = 1

  /// The number of tokens in a shingle, n.
  package var shingleLength: Int
  /// The method that computes the slots of a signature.
  package var signatureMethod: SignatureMethod
  /// The number of slots in a signature, K: a power of two from 64 to 1024.
  package var slotCount: Int
  /// The division of the slots into bands.
  package var bands: BandShape

  /// What is a token, and which differences between tokens count.
  package var tokens: TokenRules

  /// Creates parameters; the defaults are those of the command.
  package init(
    shingleLength: Int = 5, signatureMethod: SignatureMethod = .sketch, slotCount: Int = 256,
    bands: BandShape = BandShape(bandCount: 21, rowCount: 9), tokens: TokenRules = TokenRules()
  ) {
    self.shingleLength = shingleLength
    self.signatureMethod = signatureMethod
    self.slotCount = slotCount
    self.bands = bands
    self.tokens = tokens
  }
}
