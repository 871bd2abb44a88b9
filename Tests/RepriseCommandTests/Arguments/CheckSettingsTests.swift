import Foundation
import Testing

@testable import Reprise
@testable import reprise

@Suite("Settings of reprise check")
struct CheckSettingsTests {
  /// Reads settings from a file with this content.
  private static func read(_ text: String) throws -> CheckSettings {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("reprise-settings-\(UUID().uuidString).toml")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try CheckSettings.find(BytePath(file.path))
  }

  private struct Settings: Equatable {
    var text: String

    init(_ settings: CheckSettings) {
      var parts: [String] = []
      if !settings.paths.isEmpty { parts.append("paths \(settings.paths.map(\.text))") }
      if !settings.exclude.isEmpty { parts.append("exclude \(settings.exclude)") }
      if !settings.ignoredTexts.isEmpty {
        parts.append("texts \(settings.ignoredTexts.map(\.text))")
      }
      if let path = settings.baseline { parts.append("baseline \(path.text)") }
      if let words = settings.minimumPassage { parts.append("words \(words)") }
      if let threshold = settings.threshold { parts.append("threshold \(threshold)") }
      if let find = settings.find { parts.append("find \(find.rawValue)") }
      if let flag = settings.ignoresCode { parts.append("code \(flag)") }
      if !settings.groups.isEmpty { parts.append("groups \(settings.groups)") }
      text = parts.joined(separator: "; ")
    }
  }

  /// Files that TOML allows, and what is set by them.
  static let valid: [(String, String)] = [
    ("", ""), ("\n\n", ""), ("# comment", ""), ("  \t# comment\n", ""), ("\r\n# a\r\n", ""),
    ("\u{FEFF}find = 'all'", "find all"), ("find = \"all\"", "find all"),
    ("find='documents'", "find documents"), ("find  =\t\"passages\" # why", "find passages"),
    ("find = 'all'\r\n", "find all"), ("\"find\" = 'all'", "find all"),
    ("'find' = 'all'", "find all"), ("min-passage = 30", "words 30"),
    ("min-passage = +30", "words 30"), ("min-passage = 1_000", "words 1000"),
    ("min-passage = 16", "words 16"), ("threshold = 0.8", "threshold 0.8"),
    ("threshold = 1", "threshold 1.0"), ("threshold = 8e-1", "threshold 0.8"),
    ("threshold = 0.000_1", "threshold 0.0001"), ("threshold = 5.0E-1", "threshold 0.5"),
    ("ignore-code = true", "code true"), ("ignore-code = false", "code false"),
    ("paths = []", ""), ("paths = [\"docs\"]", "paths [\"docs\"]"),
    ("paths = ['a', 'b']", "paths [\"a\", \"b\"]"), ("paths = ['a', 'b',]", "paths [\"a\", \"b\"]"),
    ("paths = [\n  'a',\n  # comment\n  'b'\n]", "paths [\"a\", \"b\"]"),
    ("paths = [ 'a' # one\n, 'b' ]", "paths [\"a\", \"b\"]"),
    ("paths = [\"a#b\"]", "paths [\"a#b\"]"), ("exclude = ['*.md']", "exclude [\"*.md\"]"),
    ("exclude = ['a\\b']", "exclude [\"a\\\\b\"]"),
    ("baseline = \"a\\tb\"", "baseline a\tb"), ("baseline = \"\\\"q\\\"\"", "baseline \"q\""),
    ("baseline = \"\\u00e9\"", "baseline \u{E9}"),
    ("baseline = \"\\U0001F600\"", "baseline \u{1F600}"),
    ("baseline = '/abs'", "baseline /abs"), ("ignore-text = ['x', '/y']", "texts [\"x\", \"/y\"]"),
    ("[[group]]\npaths = ['a']", "groups [[\"a\"]]"),
    ("[[ group ]] # c\npaths = [\n'a',\n'b'\n]", "groups [[\"a\", \"b\"]]"),
    (
      "find = 'all'\nmin-passage = 20\n[[group]]\npaths = ['a']\n\n[[group]]\npaths = ['b']\n",
      "words 20; find all; groups [[\"a\"], [\"b\"]]"
    ),
  ]

  @Test("of valid files are read", arguments: valid)
  func areRead(text: String, expected: String) throws {
    #expect(Settings(try Self.read(text)).text == expected)
  }

  /// Files with an error, and its line and column.
  static let invalid: [(String, Int, Int)] = [
    ("find", 1, 5), ("find 'all'", 1, 6), ("= 'all'", 1, 1), ("find =", 1, 7), ("find = ", 1, 8),
    ("find = all", 1, 8), ("find = 'all", 1, 8), ("find = \"all", 1, 8),
    ("find = 'all\n'", 1, 8), ("find = 'all' x", 1, 14), ("find = 'all' find = 'all'", 1, 14),
    ("find = 'none'", 1, 8), ("find = 1", 1, 8), ("find = true", 1, 8), ("find = ['all']", 1, 8),
    ("find = 'all'\nfind = 'all'", 2, 1), ("\n\nfnd = 'all'", 3, 1), ("Find = 'all'", 1, 1),
    ("min-passage = 15", 1, 15), ("min-passage = 30.5", 1, 15), ("min-passage = '30'", 1, 15),
    ("min-passage = -30", 1, 15), ("min-passage = 2000000000", 1, 15),
    ("min-passage = 3x", 1, 15), ("threshold = 0", 1, 13), ("threshold = 1.5", 1, 13),
    ("threshold = nan", 1, 13), ("threshold = inf", 1, 13), ("ignore-code = 1", 1, 15),
    ("ignore-code = True", 1, 15), ("paths = 'docs'", 1, 9), ("paths = [1]", 1, 10),
    ("paths = ['a' 'b']", 1, 14), ("paths = ['a'", 1, 13), ("paths = ['a',, 'b']", 1, 14),
    ("paths = [['a']]", 1, 10), ("baseline = \"\\q\"", 1, 13), ("baseline = \"\\u00\"", 1, 13),
    ("[group]\npaths = ['a']", 1, 1), ("[[other]]", 1, 1), ("[[group]]", 1, 10),
    ("[[group]]\npaths = []", 2, 1), ("[[group]]\nfind = 'all'", 2, 1),
    ("[[group]]\npaths = ['a']\nfind = 'all'", 3, 1), ("baseline = '''a'''", 1, 14),
    ("baseline = \"\\uD800\"", 1, 13),
  ]

  @Test("that are invalid are errors with line and column", arguments: invalid)
  func areRefused(text: String, line: Int, column: Int) throws {
    let error = try #require(
      #expect(throws: CommandError.self) { try Self.read(text) })
    #expect(
      error.description.contains("line \(line), column \(column):"), "\(error.description)")
  }
}
