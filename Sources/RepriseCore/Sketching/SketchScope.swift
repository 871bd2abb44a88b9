/// The parts of a sketch that are computed.
public struct SketchScope: OptionSet, Sendable {
  /// The bits of the parts.
  public let rawValue: UInt8

  /// Creates a scope from its raw value.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Band keys and b-bit signatures, to find and screen near-duplicates.
  public static let signatures = Self(rawValue: 1)
  /// Fingerprints, to find passages.
  public static let fingerprints = Self(rawValue: 2)
}
