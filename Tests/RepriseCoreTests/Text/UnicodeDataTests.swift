import CKernels
import Foundation
import Testing

@testable import RepriseCore

/// The generated tables against Unicode's own files, read here another way than by the generator.
@Suite(
  "Unicode data",
  .enabled(if: UnicodeData.isInstalled, "needs Debian's package unicode-data"))
struct UnicodeDataTests {
  @Test("Every row of CaseFolding.txt of status C and F is in the tables, and nothing else")
  func caseFolding() throws {
    var expected: [UInt32: [UInt8]] = [:]
    for row in try UnicodeData.rows("CaseFolding.txt") where row[1] == "C" || row[1] == "F" {
      let folded = row[2].split(separator: " ").compactMap {
        UInt32($0, radix: 16).flatMap(Unicode.Scalar.init)
      }
      let scalar = try #require(UInt32(row[0], radix: 16))
      expected[scalar] = folded.flatMap { Array(String($0).utf8) }
    }
    #expect(expected.count == 1530)
    for scalar in 0..<UInt32(0x11_0000) {
      let entry = UnicodeTables.entry(scalar)
      let kind = Int(entry & REPRISE_UNICODE_CLASS_MASK)
      let isKept = kind != REPRISE_UNICODE_SEPARATOR && kind != REPRISE_UNICODE_DROPPED
      let wanted = isKept ? expected[scalar] : nil
      if Self.folded(entry) != wanted { Issue.record("U+\(String(scalar, radix: 16))") }
    }
  }

  @Test("Letters and digits of word breaking are in tokens, and what extends words extends tokens")
  func wordBreakProperty() throws {
    var counts: [String: Int] = [:]
    for row in try UnicodeData.rows("auxiliary/WordBreakProperty.txt") {
      for scalar in UnicodeData.scalars(row[0]) {
        let kind = Int(UnicodeTables.entry(scalar) & REPRISE_UNICODE_CLASS_MASK)
        guard let wanted = Self.wanted(row[1], scalar) else { continue }
        counts[row[1], default: 0] += 1
        if !wanted.contains(kind) {
          Issue.record("\(row[1]) U+\(String(scalar, radix: 16)): \(kind)")
        }
      }
    }
    #expect(counts.count >= 6 && counts["ALetter"] ?? 0 > 28_000)
  }

  @Test("Where word breaking sees no break between letters or before marks, there is none")
  func wordBreakTest() throws {
    var checked = 0
    for row in try UnicodeData.rows("auxiliary/WordBreakTest.txt") {
      let parts = row[0].split(separator: " ").map(String.init)
      for place in stride(from: 2, to: parts.count - 2, by: 2) {
        let (left, right) = try (Self.kind(parts[place - 1]), Self.kind(parts[place + 1]))
        guard left == REPRISE_UNICODE_WORD else { continue }
        if right == REPRISE_UNICODE_WORD || right == REPRISE_UNICODE_EXTEND {
          #expect(parts[place] == "\u{D7}", "\(row[0])")
          checked += 1
        }
      }
    }
    #expect(checked > 100)
  }

  /// The classes that a scalar of a word break property may have; nil: any.
  private static func wanted(_ property: String, _ scalar: UInt32) -> Set<Int>? {
    let category = Unicode.Scalar(scalar)?.properties.generalCategory
    // Circled letters and the like are symbols: they separate.
    let isSymbol =
      category == .otherSymbol || category == .modifierSymbol || category == .mathSymbol
      || category == .otherPunctuation || category == .dashPunctuation
    if isSymbol { return [REPRISE_UNICODE_SEPARATOR] }
    switch property {
    // Tatweel, and fillers that nobody sees.
    case "ALetter" where [0x640, 0x115F, 0x1160, 0x3164, 0xFFA0].contains(scalar):
      return [REPRISE_UNICODE_DROPPED]
    // Tibetan, and marks that repeat an ideograph.
    case "ALetter" where (0xF00...0xFFF).contains(scalar):
      return [REPRISE_UNICODE_GRAPHEME]
    case "ALetter" where [0x3005, 0x303B, 0x303C, 0x16FE3].contains(scalar):
      return [REPRISE_UNICODE_GRAPHEME]
    case "ALetter": return [REPRISE_UNICODE_WORD]
    case "Hebrew_Letter": return [REPRISE_UNICODE_WORD]
    // Thai digits are graphemes like Thai letters.
    case "Numeric": return [REPRISE_UNICODE_WORD, REPRISE_UNICODE_GRAPHEME]
    case "Katakana": return [REPRISE_UNICODE_GRAPHEME]
    // Some vowel signs and tones of Myanmar, Tai Tham and Ahom are characters of their own to
    // grapheme breaking, and so to the scheme.
    case "Extend" where category == .spacingMark:
      return [REPRISE_UNICODE_EXTEND, REPRISE_UNICODE_WORD, REPRISE_UNICODE_GRAPHEME]
    case "Extend": return [REPRISE_UNICODE_EXTEND, REPRISE_UNICODE_DROPPED]
    case "ZWJ": return [REPRISE_UNICODE_DROPPED]
    default: return nil
    }
  }

  private static func kind(_ digits: String) throws -> Int {
    let scalar = try #require(UInt32(digits, radix: 16))
    return Int(UnicodeTables.entry(scalar) & REPRISE_UNICODE_CLASS_MASK)
  }

  /// The UTF-8 that the tables fold to; nil if to itself.
  private static func folded(_ entry: UInt32) -> [UInt8]? {
    let row = Int(entry >> UInt32(REPRISE_UNICODE_FOLD_SHIFT))
    if row == 0 { return nil }
    let bytes = unsafe UnsafeBufferPointer(
      start: reprise_unicode_fold_base() + 8 * row, count: 8)
    return unsafe Array(bytes[1..<1 + Int(bytes[0])])
  }
}

/// Files of Debian's package unicode-data.
private enum UnicodeData {
  static let folder = "/usr/share/unicode"
  static let isInstalled = FileManager.default.fileExists(atPath: folder + "/CaseFolding.txt")

  /// The fields of the rows of a file, without comments.
  static func rows(_ name: String) throws -> [[String]] {
    let text = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
    return text.split(separator: "\n").compactMap { line in
      let content = line.prefix { $0 != "#" }
      let fields = content.split(separator: ";", omittingEmptySubsequences: false).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      return fields.allSatisfy(\.isEmpty) ? nil : fields
    }
  }

  /// The scalars of a first field.
  static func scalars(_ field: String) -> ClosedRange<UInt32> {
    let ends = field.split(separator: ".").compactMap { UInt32($0, radix: 16) }
    return (ends.first ?? 0)...(ends.last ?? 0)
  }
}
