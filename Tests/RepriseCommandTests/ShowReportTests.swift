import Foundation
import RepriseCore
import Testing

@testable import Reprise
@testable import reprise

@Suite("Texts next to each other")
struct ShowReportTests {
  private static let samples = [
    "The quick brown fox", "Straße — naïve café",
    "\u{4E2D}\u{6587}\u{6D4B}\u{8BD5}\u{6587}\u{672C}",
    "\u{E20}\u{E32}\u{E29}\u{E32}\u{E44}\u{E17}\u{E22}",
    "\u{92A}\u{94D}\u{930}\u{94B}\u{91C}\u{947}\u{915}\u{94D}\u{91F} \u{915}\u{93E}\u{92E}",
    "\u{5E9}\u{5DC}\u{5D5}\u{5DD} \u{5E2}\u{5D5}\u{5DC}\u{5DD}",
    "e\u{301}\u{302}\u{303} a\u{308}", "\u{1B}[31mred\u{1B}[0m \u{202E}evil",
    String(repeating: "long", count: 60), "\u{1F469}\u{200D}\u{1F467} 1\u{FE0F}\u{20E3}",
    "a\nb\n\nc",
  ]

  private static func texts(_ seed: Int) -> (String, String) {
    var generator = SplitMix64(state: UInt64(seed))
    var first: [String] = []
    for _ in 0..<40 {
      first.append(samples.randomElement(using: &generator) ?? "")
      if Int.random(in: 0..<5, using: &generator) == 0 { first.append("\n") }
    }
    var second = first
    for _ in 0..<6 {
      let place = Int.random(in: 0..<second.count, using: &generator)
      second[place] = samples.randomElement(using: &generator) ?? ""
    }
    return (first.joined(separator: " "), second.joined(separator: " "))
  }

  private static func aligned(_ first: String, _ second: String) -> AlignedTexts {
    var numbering = TokenNumbering()
    let left = ShownText(Array(first.utf8), TokenRules(), &numbering)
    return AlignedTexts(left, ShownText(Array(second.utf8), TokenRules(), &numbering))
  }

  @Test("No line is wider than asked, and no word is lost", arguments: 0..<40)
  func widths(seed: Int) {
    let (first, second) = Self.texts(seed)
    let aligned = Self.aligned(first, second)
    for width in [40, 60, 72, 80, 120, 200] {
      for hasColor in [false, true] {
        let terminal = Terminal(canRedraw: false, hasColor: hasColor, width: width)
        let report = AlignedReport(terminal, isFull: true, isStacked: false)
        let lines = report.lines(aligned, first, second)
        let plain = lines.map { line in
          line.replacing(/\u{1B}\[[0-9;]*m/, with: "")
        }
        #expect(plain.allSatisfy { $0.columnCount <= width }, "\(width)")
        #expect(!plain.contains { $0.contains("\u{1B}") || $0.contains("\u{202E}") })
        guard width >= 72 else { continue }
        let columns = (width - 5) / 2
        var sides = ("", "")
        for line in plain.dropFirst(2) {
          var used = 0
          let left = line.dropFirst(2).prefix {
            used += $0.columnCount
            return used <= columns
          }
          sides.0 += left
          sides.1 += line.dropFirst(2 + left.count + 2)
        }
        func letters(_ text: String) -> String {
          text.filter { !$0.isWhitespace && $0 != "[" && $0 != "]" }
        }
        #expect(letters(sides.0) == letters(SafeText.line(first)))
        #expect(letters(sides.1) == letters(SafeText.line(second)))
      }
    }
  }

  @Test(
    "A character has the columns that terminals give its letters",
    arguments: [
      ("a", 1), ("\u{4E2D}", 2), ("e\u{301}\u{302}", 1), ("\u{E19}\u{E33}", 2),
      ("\u{E17}\u{E35}\u{E48}", 1),
      ("\u{915}\u{94D}\u{937}", 2), ("\u{915}\u{93E}", 2), ("\u{915}\u{941}", 1),
      ("\u{B95}\u{BCA}", 2), ("\u{1000}\u{102C}", 2),
      ("\u{AC00}", 2), ("\u{1112}\u{1161}\u{11AB}", 2),
      ("\u{1F469}\u{200D}\u{1F467}", 2),
    ])
  func columns(_ text: String, _ columns: Int) {
    #expect(text.columnCount == columns)
  }

  @Test("Equal rows far from a difference are counted")
  func folded() {
    let lines = (0..<40).map { "line \($0) has words" }
    var edited = lines
    edited[20] = "line 20 has others"
    let terminal = Terminal(canRedraw: false, hasColor: false, width: 80)
    let aligned = Self.aligned(
      lines.joined(separator: "\n"), edited.joined(separator: "\n"))
    let report = AlignedReport(terminal, isFull: false, isStacked: false)
    let column = { (text: String) in text.aligned(left: 37) }
    #expect(
      report.lines(aligned, "one", "other") == [
        "  \(column("one")) | other",
        "  \(String(repeating: "-", count: 37))-+-\(String(repeating: "-", count: 37))",
        "  \(column("line 0 has words")) | line 0 has words",
        "  ... 72 equal words ...",
        "  \(column("line 19 has words")) | line 19 has words",
        "  \(column("line 20 has [words]")) | line 20 has [others]",
        "  \(column("line 21 has words")) | line 21 has words",
        "  ... 72 equal words ...",
      ])
  }

  @Test("A line of very many words is shown around its differences, and the rest is counted")
  func longLine() {
    var words = (0..<300_000).map { "w\($0)" }
    let first = words.joined(separator: " ")
    words[150_000] = "changed"
    let terminal = Terminal(canRedraw: false, hasColor: false, width: 80)
    let aligned = Self.aligned(first, words.joined(separator: " "))
    let report = AlignedReport(terminal, isFull: false, isStacked: false)
    let lines = report.lines(aligned, "one", "other")
    #expect(lines.count < 120 && lines.allSatisfy { $0.columnCount <= 80 }, "\(lines.count)")
    let text = lines.joined(separator: "\n")
    #expect(text.contains("[w150000]") && text.contains("[changed]"))
    #expect(text.contains("w149999") && text.contains("w150001"))
    // Each word is shown or counted.
    let counted = lines.compactMap { line -> Int? in
      guard line.hasSuffix(" equal words ...") else { return nil }
      return Int(line.filter(\.isNumber))
    }
    let shown = Set(text.matches(of: /w[0-9]+/).map { String($0.output) }).count
    #expect(counted.count == 2 && counted.reduce(0, +) + shown == 300_000)
    let full = AlignedReport(terminal, isFull: true, isStacked: false)
    #expect(full.lines(aligned, "one", "other").joined().matches(of: /w299999/).count == 2)
  }

  @Test(
    "Texts that begin with a mark without a letter are shown",
    arguments: [
      ["\u{E49}\u{E01}\u{E02}", "\u{E49}\u{E04}"], ["\u{301}", "\u{301} x"],
      ["\u{301}\u{4E2D}", "\u{301}\u{6587}"], ["\u{3099}\u{304B}", "\u{3099}\u{304D}"],
    ])
  func leadingMark(texts: [String]) {
    let terminal = Terminal(canRedraw: false, hasColor: false, width: 80)
    let aligned = Self.aligned(texts[0], texts[1])
    let report = AlignedReport(terminal, isFull: false, isStacked: false)
    let lines = report.lines(aligned, "one", "other").joined(separator: "\n")
    #expect(lines.unicodeScalars.contains(texts[0].unicodeScalars.first ?? " "))
  }

  @Test("A long stretch that one text lacks is shown at its ends, and the rest is counted")
  func longDifference() {
    let common = (0..<50).map { "c\($0)" }.joined(separator: " ")
    let own = (0..<100_000).map { "x\($0)" }.joined(separator: " ")
    let terminal = Terminal(canRedraw: false, hasColor: false, width: 60)
    let aligned = Self.aligned("\(common) \(own) \(common)", "\(common) \(common)")
    #expect(aligned.onlyFirst == 100_000 && aligned.onlySecond == 0)
    let lines = AlignedReport(terminal, isFull: false, isStacked: false)
      .lines(aligned, "one", "other")
    #expect(lines.count < 400 && lines.allSatisfy { $0.columnCount <= 60 })
    let text = lines.joined(separator: "\n")
    #expect(text.contains("x0 ") && text.contains("x99999"))
    let shown = text.matches(of: /x[0-9]+/).count
    let counted = text.firstMatch(of: /([0-9,]+) words only left, 0 only right: --full/)
    #expect(counted.map { (Int($0.1.filter { $0 != "," }) ?? 0) + shown } == 100_000)
  }

  @Test("Very many differences are shown up to a number, and the rest is counted")
  func manyDifferences() {
    let lines = (0..<6000).map { "a\($0) b\($0) c\($0)" }
    let edited = lines.enumerated().map { index, line in
      index.isMultiple(of: 3) ? "z\(index) b\(index) c\(index)" : line
    }
    let terminal = Terminal(canRedraw: false, hasColor: false, width: 80)
    let aligned = Self.aligned(lines.joined(separator: "\n"), edited.joined(separator: "\n"))
    let report = AlignedReport(terminal, isFull: false, isStacked: false)
    let shown = report.lines(aligned, "one", "other")
    #expect(shown.count { $0.contains("[z") } == 1000)
    let last = shown.suffix(2).map { $0.trimmingPrefix(while: \.isWhitespace) }
      .joined(separator: " ")
    #expect(last.contains("1,000 words only left, 1,000 only right: --full shows them ..."))
  }
}
