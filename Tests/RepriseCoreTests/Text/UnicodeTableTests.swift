import CKernels
import Testing

@testable import RepriseCore

@Suite("Unicode tables")
struct UnicodeTableTests {
  @Test("Classes and combining classes agree with the standard library where both know a scalar")
  func agreeWithTheStandardLibrary() {
    var checked = 0
    for value in 0..<UInt32(0x11_0000) {
      guard let scalar = Unicode.Scalar(value), isKnown(scalar) else { continue }
      let properties = scalar.properties
      let entry = UnicodeTables.entry(value)
      let kind = Int(entry & REPRISE_UNICODE_CLASS_MASK)
      let isDropped =
        kind == REPRISE_UNICODE_DROPPED
        && (properties.isDefaultIgnorableCodePoint || value == 0x640
          || properties.generalCategory == .nonspacingMark)
      let isSeparator = kind == REPRISE_UNICODE_SEPARATOR
      if !isDropped && isSeparator == properties.generalCategory.isLetterMarkOrNumber {
        Issue.record("class \(kind) of U+\(String(value, radix: 16))")
      }
      if properties.isDefaultIgnorableCodePoint && kind != REPRISE_UNICODE_DROPPED {
        Issue.record("U+\(String(value, radix: 16)) is not dropped")
      }
      if UnicodeTables.combiningClass(of: value)
        != UInt32(properties.canonicalCombiningClass.rawValue)
      {
        Issue.record("combining class of U+\(String(value, radix: 16))")
      }
      checked += 1
    }
    #expect(checked > 280_000)
  }

  @Test("Only marks that extend and Hangul vowels and tails combine with what precedes them")
  func namesWhatCombinesBackwards() {
    let keys = unsafe UnsafeBufferPointer(
      start: reprise_unicode_composite_keys_base(), count: Int(REPRISE_UNICODE_COMPOSITES))
    let seconds = unsafe Set(keys.map { UInt32(truncatingIfNeeded: $0) })
    for scalar in 0..<UInt32(0x11_0000) where !(0x1161...0x11C2).contains(scalar) {
      let entry = UnicodeTables.entry(scalar)
      let kind = Int(entry & REPRISE_UNICODE_CLASS_MASK)
      guard kind != REPRISE_UNICODE_EXTEND, UnicodeTables.combiningClass(of: scalar) == 0 else {
        continue
      }
      var parts: [UInt32] = []
      UnicodeTables.withDecomposition(of: scalar) { parts.append($0) }
      if UnicodeTables.combiningClass(of: parts[0]) != 0 || seconds.contains(parts[0]) {
        Issue.record("U+\(String(scalar, radix: 16)) of class \(kind)")
      }
    }
  }

  /// Assigned by Unicode 15.0 and not private.
  ///
  /// Later versions change properties of a handful of
  /// scalars, none of them these.
  private func isKnown(_ scalar: Unicode.Scalar) -> Bool {
    guard let age = scalar.properties.age else { return false }
    return age.major < 15 || (age.major == 15 && age.minor == 0)
  }
}

extension Unicode.GeneralCategory {
  fileprivate var isLetterMarkOrNumber: Bool {
    switch self {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
      true
    default: false
    }
  }
}
