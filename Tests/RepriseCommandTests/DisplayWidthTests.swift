import Foundation
import Testing

@testable import reprise

@Suite("The width of characters on a terminal")
struct DisplayWidthTests {
  /// The file of Unicode 15.0, from Debian's package unicode-data.
  private static let table = "/usr/share/unicode/EastAsianWidth.txt"

  @Test(
    "is 2 for all wide characters of Unicode, and for no other assigned ones",
    .enabled(if: FileManager.default.fileExists(atPath: table)))
  func wide() throws {
    var wide: Set<UInt32> = []
    for line in try String(contentsOfFile: Self.table, encoding: .utf8).split(separator: "\n") {
      let fields = line.prefix { $0 != "#" }.split(separator: ";")
      guard fields.count == 2, ["W", "F"].contains(fields[1].trimmingCharacters(in: .whitespaces))
      else { continue }
      let ends = fields[0].trimmingCharacters(in: .whitespaces).components(separatedBy: "..")
        .compactMap { UInt32($0, radix: 16) }
      wide.formUnion(ends[0]...(ends.last ?? ends[0]))
    }
    #expect(wide.count > 180_000)
    var wrong: [String] = []
    for value in UInt32(0x20)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let category = scalar.properties.generalCategory
      guard category != .unassigned, category != .control, category != .format else { continue }
      let isTwo = Character(scalar).columnCount == 2
      // Marks take no columns of their own.
      let isMark = category == .nonspacingMark || category == .enclosingMark
      guard isTwo != (wide.contains(value) && !isMark) else { continue }
      wrong.append(String(value, radix: 16))
      // Unicode after 15.0 has more characters, which the table cannot name.
      #expect(!wide.contains(value) && !isMark, "\(wrong.last ?? "")")
    }
    #expect(wrong.count < 200, "\(wrong.prefix(20))")
  }

  @Test(
    "of clusters is that of what is drawn",
    arguments: [
      ("\u{2329}h\u{232A}", 5), ("\u{231A}", 2), ("\u{2600}", 1), ("\u{2600}\u{FE0F}", 2),
      ("\u{1F7E0}", 2), ("e\u{301}", 1), ("a\u{3099}", 1), ("\u{1F468}\u{200D}\u{1F469}", 2),
      ("\u{AC00}", 2),
      ("\u{1F321}\u{FE0F}", 2), ("\u{915}\u{94D}\u{937}", 2),
    ])
  func clusters(text: String, columns: Int) {
    #expect(text.columnCount == columns)
  }
}
