/// The parts of a sketch that are computed.
package struct SketchScope: OptionSet, Sendable {
  /// The bits of the parts.
  package let rawValue: UInt8

  /// Creates a scope from its raw value.
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Band keys and b-bit signatures, to find and screen near-duplicates.
  package static let signatures = Self(rawValue: 1)
  /// Fingerprints, to find passages.
  package static let fingerprints = Self(rawValue: 2)
}
