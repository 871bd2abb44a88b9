import Foundation
import RepriseTestSupport
import Testing

@testable import RepriseCore

@Suite("Canonical composition")
struct CanonicalCompositionTests {
  @Test(
    "Every line of Unicode's own test, and every scalar it does not name, comes out as it says",
    .enabled(
      if: NormalizationTest.isInstalled,
      "needs \(NormalizationTest.path) of Debian's package unicode-data, and bzip2"))
  func agreesWithTheNormalizationTest() throws {
    let test = try NormalizationTest()
    #expect(test.lines.count > 19_000)
    for columns in test.lines {
      for (source, expected) in [(0, 1), (1, 1), (2, 1), (3, 3), (4, 3)] {
        #expect(composed(columns[source]) == columns[expected], "\(columns)")
      }
    }
    for columns in test.lines {
      for source in columns {
        #expect(composed(source, .compatibility) == columns[3], "\(columns)")
      }
    }
    for scalar in allScalars where !test.singleScalars.contains(scalar) {
      #expect(composed([scalar]) == [scalar])
      #expect(composed([scalar], .compatibility) == [scalar])
    }
  }

  @Test("Every scalar that Unicode 15.0 knows composes as Foundation composes it")
  func agreesWithFoundationOnEveryScalar() {
    for scalar in allScalars where isAssigned(scalar) {
      let own = composed([scalar])
      #expect(own == foundationComposed([scalar]))
      #expect(composed(own) == own)
    }
  }

  // Without Hangul, since Foundation of Swift 6.3.1 leaves U+AC00 U+11A8 apart and joins U+1113
  // U+1161, and without the three scalars of combining class 0 that decompose to marks of other
  // classes, since it does not reorder those marks. Unicode's own test above covers both.
  @Test(
    "Random strings of letters and marks compose as Foundation composes them",
    arguments: [1, 2, 3] as [UInt64])
  func agreesWithFoundationOnRandomStrings(seed: UInt64) {
    var random = SplitMix64(state: seed)
    let marks = allScalars.filter { isAssigned($0) && UnicodeTables.combiningClass(of: $0) != 0 }
    let letters = allScalars.filter {
      isAssigned($0) && !(0xAC00..<0xD7A4).contains($0) && ![0xF73, 0xF75, 0xF81].contains($0)
        && foundationDecomposed($0) != [$0]
    }
    let latin = Array(0x41...0x7A as ClosedRange<UInt32>)
    let sources = [marks, marks, letters, latin]
    for _ in 0..<10_000 {
      let scalars = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        let source = sources[Int.random(in: 0..<sources.count, using: &random)]
        return source[Int.random(in: 0..<source.count, using: &random)]
      }
      #expect(composed(scalars) == foundationComposed(scalars), "\(scalars), seed \(seed)")
    }
  }

  @Test("Every Hangul syllable comes from its jamo, and no other jamo compose")
  func composesHangul() {
    var syllable: UInt32 = 0xAC00
    for lead in 0x1100...0x1112 as ClosedRange<UInt32> {
      for vowel in 0x1161...0x1175 as ClosedRange<UInt32> {
        #expect(composed([lead, vowel]) == [syllable])
        for tail in 0x11A8...0x11C2 as ClosedRange<UInt32> {
          let closed = syllable + tail - 0x11A7
          #expect(composed([lead, vowel, tail]) == [closed])
          #expect(composed([syllable, tail]) == [closed])
        }
        syllable += 28
      }
    }
    let apart: [[UInt32]] = [
      [0x1113, 0x1161], [0x10FF, 0x1161], [0x1100, 0x1160], [0x1100, 0x1176], [0xAC00, 0x11A7],
      [0xAC00, 0x11C3], [0xAC01, 0x11A8], [0x1161, 0x11A8], [0x1100, 0x0301, 0x1161],
      [0xAC00, 0x0301, 0x11A8],
    ]
    for jamo in apart {
      #expect(composed(jamo) == jamo)
    }
  }

  @Test("Marks are sorted stably at every length around the change of method")
  func sortsStably() {
    let classes: [UInt32] = [0x0345, 0x0301, 0x0316, 0x0308, 0x0327, 0x0330, 0x0334]
    var random = SplitMix64(state: 4)
    for length in 0...64 {
      // U+25CC composes with nothing, so only the order can change.
      let marks = (0..<length).map { _ in classes.randomElement(using: &random)! }
      let sorted = marks.enumerated().sorted { left, right in
        (UnicodeTables.combiningClass(of: left.element), left.offset)
          < (UnicodeTables.combiningClass(of: right.element), right.offset)
      }
      #expect(composed([0x25CC] + marks) == [0x25CC] + sorted.map(\.element))
    }
  }

  @Test("A million marks in a row take linear time", .timeLimit(.minutes(1)))
  func composesManyMarks() {
    let half = 500_000
    let above = [UInt32](repeating: 0x0301, count: half)
    let below = [UInt32](repeating: 0x0316, count: half)
    #expect(composed([0x61] + above + below) == [0xE1] + below + above.dropLast())
  }

  @Test("One composer gives the same after any earlier run")
  func keepsNothingBetweenRuns() {
    var composer = CanonicalComposition()
    for scalars in [[0x61, 0x0308, 0x0304], [], [0x1112, 0x1161, 0x11AB], [0x0308]] as [[UInt32]] {
      var reused = scalars
      composer.compose(&reused)
      #expect(reused == composed(scalars))
    }
  }

  private func composed(_ scalars: [UInt32], _ folding: Folding = []) -> [UInt32] {
    var composer = CanonicalComposition(folding: folding)
    var result = scalars
    composer.compose(&result)
    return result
  }
}

private let allScalars = Array(0..<0xD800 as Range<UInt32>) + Array(0xE000..<0x110000)

private func isAssigned(_ scalar: UInt32) -> Bool {
  guard let age = Unicode.Scalar(scalar)?.properties.age else { return false }
  return age.major <= 15 && (age.major < 15 || age.minor == 0)
}

private func foundationComposed(_ scalars: [UInt32]) -> [UInt32] {
  string(scalars).precomposedStringWithCanonicalMapping.unicodeScalars.map(\.value)
}

private func foundationDecomposed(_ scalar: UInt32) -> [UInt32] {
  string([scalar]).decomposedStringWithCanonicalMapping.unicodeScalars.map(\.value)
}

private func string(_ scalars: [UInt32]) -> String {
  var view = String.UnicodeScalarView()
  view.append(contentsOf: scalars.compactMap(Unicode.Scalar.init))
  return String(view)
}

/// Unicode's NormalizationTest.txt: five columns a line, each a string.
private struct NormalizationTest {
  static let path = "/usr/share/unicode/NormalizationTest.txt.bz2"
  static let bzip2 = "/usr/bin/bzip2"

  static var isInstalled: Bool {
    [path, bzip2].allSatisfy(FileManager.default.fileExists(atPath:))
  }

  var lines: [[[UInt32]]] = []
  /// The scalars of Part 1; every other scalar alone is normalized.
  var singleScalars: Set<UInt32> = []

  init() throws {
    var part = Substring()
    for line in try Self.text().split(separator: "\n") where !line.hasPrefix("#") {
      guard !line.hasPrefix("@") else {
        part = line.prefix(6)
        continue
      }
      let columns = try line.split(separator: ";").prefix(5).map { column in
        try column.split(separator: " ").map { try #require(UInt32($0, radix: 16)) }
      }
      lines.append(columns)
      if part == "@Part1" {
        singleScalars.insert(columns[0][0])
      }
    }
  }

  private static func text() throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: bzip2)
    process.arguments = ["-dc", path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: bytes, as: UTF8.self)
  }
}
