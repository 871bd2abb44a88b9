internal import CKernels

/// What else than case is taken for the same when texts are compared; part of the scheme.
public struct Folding: OptionSet, Hashable, Sendable {
  /// The bits.
  public let rawValue: Int

  /// Takes the bits.
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// Accents are left out: the combining diacritical marks of the alphabets, not the vowel signs of
  /// other scripts.
  public static let accents = Folding(rawValue: 1)
  /// Normalization form KC in place of C: full-width, superscript and circled forms, ligatures.
  public static let compatibility = Folding(rawValue: 2)

  /// The names, in a fixed order.
  public static let names: [(name: String, folding: Folding)] = [
    ("accents", .accents), ("compatibility", .compatibility),
  ]

  /// The names of what is folded.
  public var names: [String] { Self.names.filter { contains($0.folding) }.map(\.name) }

  /// The longest text that can be folded, in bytes: one scalar may become eighteen.
  public static let maximumByteCount = 64 << 20

  /// Whether a scalar stands in one of the blocks of combining diacritical marks.
  static func isAccent(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x300...0x36F, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF, 0xFE20...0xFE2F: true
    default: false
    }
  }

  /// Whether a scalar begins something that does not depend on what stands before it.
  func isBoundary(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return true }
    var first: UInt32?
    UnicodeTables.withDecomposition(of: scalar, self) { first = first ?? $0 }
    let start = first ?? scalar
    let entry = UnicodeTables.entry(start)
    if UnicodeTables.combiningClass(of: start) != 0 { return false }
    if entry & REPRISE_UNICODE_NFC_FLAG == 0 { return true }
    if Int(entry & REPRISE_UNICODE_CLASS_MASK) == REPRISE_UNICODE_EXTEND { return false }
    return start < 0x1161 || start > 0x11C2
  }
}
