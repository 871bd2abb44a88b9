/// The parameters that decide every number: what two runs must share before they may be compared.
public struct Scheme: Hashable, Sendable {
  /// The scheme's number; `docs/scheme.md` specifies it byte by byte.
  public static let number: UInt32 = 1

  /// Tokens in a shingle, n.
  public var shingleLength: Int
  /// How a signature's slots are computed.
  public var signatureMethod: SignatureMethod
  /// Slots in a signature, K: a power of two from 64 to 1024.
  public var slotCount: Int
  /// How the slots are cut into bands.
  public var bands: BandShape

  /// What else than case is taken for the same.
  public var folding: Folding

  /// Creates the parameters; the defaults are those of the command.
  public init(
    shingleLength: Int = 5, signatureMethod: SignatureMethod = .sketch, slotCount: Int = 256,
    bands: BandShape = BandShape(bandCount: 21, rowCount: 9), folding: Folding = []
  ) {
    self.shingleLength = shingleLength
    self.signatureMethod = signatureMethod
    self.slotCount = slotCount
    self.bands = bands
    self.folding = folding
  }
}
