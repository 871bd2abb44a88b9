internal import CKernels

/// The differences that comparison ignores in addition to case; part of the scheme.
public struct Folding: OptionSet, Hashable, Sendable {
  /// The options as bits.
  public let rawValue: Int

  /// Creates options from their bits.
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// Ignores accents: the combining diacritical marks of alphabets, but not the vowel signs of
  /// other scripts.
  public static let accents = Folding(rawValue: 1)
  /// Ignores compatibility differences (form KC instead of C): full-width, superscript and circled
  /// forms, ligatures.
  public static let compatibility = Folding(rawValue: 2)
  /// Joins the words that a hyphen at the end of a line divides.
  public static let hyphens = Folding(rawValue: 4)

  /// The options with their names, in a fixed order.
  package static let names: [(name: String, folding: Folding)] = [
    ("accents", .accents), ("compatibility", .compatibility), ("hyphens", .hyphens),
  ]

  /// Creates the option with a name of ``names-type.property``; nil for another name.
  package init?(name: String) {
    guard let form = Self.names.first(where: { $0.name == name }) else { return nil }
    self = form.folding
  }

  /// The names of these options.
  package var names: [String] { Self.names.filter { contains($0.folding) }.map(\.name) }

  /// The maximum size of a text whose characters are replaced, in bytes: one scalar may become
  /// eighteen.
  package static let maximumByteCount = 64 << 20

  /// Whether characters are replaced by others, so that the folded text is a copy.
  var rewrites: Bool { !isDisjoint(with: [.accents, .compatibility]) }

  /// Whether a scalar is in one of the blocks of combining diacritical marks.
  static func isAccent(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x300...0x36F, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF, 0xFE20...0xFE2F: true
    default: false
    }
  }

  /// Whether the folding of a scalar, and of what follows, does not depend on what precedes it.
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
