import Foundation
import Reprise
import Testing

@Suite("Checks of a repository")
struct CheckTests {
  /// A repository in which a passage and a page are in two files each.
  private struct Repository {
    let workspace: Workspace
    var files: [String: String] = [:]
    let shared: String
    let page: String
    private var random = RandomTexts(seed: 19)

    init() throws {
      workspace = try Workspace()
      shared = Self.lines(&random, 8)
      page = "# Page\n\n" + Self.lines(&random, 40)
      files["docs/install.md"] = text(before: 20, after: 10)
      files["docs/upgrade.md"] = text(before: 10, after: 10)
      files["docs/guides/a.md"] = page
      files["docs/guides/b, 100%.md"] = page.replacingOccurrences(of: "Page", with: "Other page")
      for index in 0..<4 { files["docs/guides/p\(index).md"] = Self.lines(&random, 30) }
    }

    private static func lines(_ random: inout RandomTexts, _ count: Int) -> String {
      (0..<count).map { _ in random.text(10) + ".\n" }.joined()
    }

    /// The shared passage between other text.
    mutating func text(before: Int, after: Int) -> String {
      Self.lines(&random, before) + "\n" + shared + "\n" + Self.lines(&random, after)
    }

    mutating func more(_ count: Int) -> String { Self.lines(&random, count) }

    func check(
      _ baseline: CheckBaseline = CheckBaseline(), _ change: (inout CheckOptions) -> Void = { _ in }
    ) throws -> Check.Result {
      try? FileManager.default.removeItem(at: workspace.url("docs"))
      for (name, text) in files { try workspace.write(name, text: text) }
      var options = CheckOptions(paths: [workspace.path("docs")])
      change(&options)
      return try Check(options).run(accepting: baseline)
    }

    /// The files of the copies that are reported.
    func copies(_ result: Check.Result) -> [String] {
      let prefix: String = workspace.path("")
      return result.reports.map { String($0.copy.file.dropFirst(prefix.count + 1)) }
    }
  }

  @Test("the text between the positions of a copy is the text of the other place")
  func positions() throws {
    let repository = try Repository()
    let result = try repository.check()
    #expect(repository.copies(result) == ["docs/guides/b, 100%.md", "docs/upgrade.md"])
    let report = try #require(result.reports.first { $0.finding.rule == .passage })
    // A passage ends with its last word, before the full stop and the line feed.
    for place in [report.copy, report.kept] {
      let text = try String(contentsOfFile: place.file, encoding: .utf8)
      #expect(Self.part(text, place.start, place.end) == repository.shared.dropLast(2))
    }
  }

  /// The text between two positions, counted one scalar at a time.
  private static func part(_ text: String, _ start: TextPosition, _ end: TextPosition) -> String {
    var position = TextPosition(line: 1, column: 1)
    var part = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if position >= start && position < end { part.append(scalar) }
      position =
        scalar == "\n"
        ? TextPosition(line: position.line + 1, column: 1)
        : TextPosition(line: position.line, column: position.column + 1)
    }
    return String(part)
  }

  /// A baseline that accepts the repository, written and read again.
  private static func accepted(_ repository: Repository) throws -> CheckBaseline {
    let baseline = CheckBaseline(
      accepting: try repository.check().findings, reasonsOf: CheckBaseline())
    try repository.workspace.write("baseline.jsonl", text: baseline.text)
    return try CheckBaseline(readingFrom: repository.workspace.path("baseline.jsonl"))
  }

  @Test("what was accepted is quiet, and stays quiet if lines are inserted above it")
  func shifted() throws {
    var repository = try Repository()
    let baseline = try Self.accepted(repository)
    #expect(baseline.entries.count == 2)
    var result = try repository.check(baseline)
    #expect(result.reports.isEmpty && result.unused.isEmpty && result.acceptedCount == 2)
    let above = repository.more(5)
    repository.files["docs/upgrade.md"] = above + (repository.files["docs/upgrade.md"] ?? "")
    result = try repository.check(baseline)
    #expect(result.reports.isEmpty && result.acceptedCount == 2)
  }

  @Test(
    "marked text, front matter and tables of contents may repeat; other text of the same files may not",
    arguments: [
      ("<!-- reprise: ignore-start -->\n", "<!-- reprise: ignore-end -->\n"), ("---\n", "---\n"),
    ])
  func quiet(start: String, end: String) throws {
    var repository = try Repository()
    let quiet = start + repository.more(12) + end
    let links = (0..<20).map { "* [Part \($0) of it all](#part-\($0)-of-it-all)\n" }.joined()
    for name in ["docs/install.md", "docs/upgrade.md", "docs/guides/p0.md"] {
      repository.files[name] =
        quiet + "\n" + links + "\n" + (repository.files[name] ?? "")
    }
    let result = try repository.check()
    #expect(repository.copies(result) == ["docs/guides/b, 100%.md", "docs/upgrade.md"])
    let report = try #require(result.reports.first { $0.finding.rule == .passage })
    let text = try String(contentsOfFile: report.copy.file, encoding: .utf8)
    #expect(Self.part(text, report.copy.start, report.copy.end) == repository.shared.dropLast(2))
    #expect(result.problems.isEmpty)
  }

  @Test("fenced code repeats like other text, but for an option")
  func code() throws {
    var repository = try Repository()
    repository.files = ["docs/a.md": repository.more(20), "docs/b.md": repository.more(20)]
    let code = "\n```sh\n" + repository.more(8) + "```\n"
    for name in ["docs/a.md", "docs/b.md"] {
      let end = code + repository.more(3)
      repository.files[name]?.append(end)
    }
    #expect(repository.copies(try repository.check()) == ["docs/b.md"])
    #expect(try repository.check(CheckBaseline()) { $0.ignoresCode = true }.reports.isEmpty)
  }

  @Test("repeats within a group are meant, and those with other files are not")
  func groups() throws {
    var repository = try Repository()
    repository.files = [:]
    let page = repository.more(30)
    for name in ["v1/a.md", "v2/a.md", "z.md"] { repository.files["docs/" + name] = page }
    let all = try repository.check()
    #expect(repository.copies(all) == ["docs/v2/a.md", "docs/z.md"])
    let glob = repository.workspace.path("docs/v*/**")
    let result = try repository.check(CheckBaseline()) { $0.groups = [[glob]] }
    #expect(repository.copies(result) == ["docs/z.md"])
  }

  @Test("a mark without an end is a problem with its line")
  func unclosed() throws {
    var repository = try Repository()
    repository.files["docs/c.md"] = repository.more(2) + "<!-- reprise: ignore-start -->\n"
    let problem = try #require(try repository.check().problems.first)
    #expect(problem.line == 3 && problem.message.contains("c.md"))
  }

  @Test("a renamed file and an edited word are quiet")
  func renamed() throws {
    var repository = try Repository()
    let baseline = try Self.accepted(repository)
    repository.files["docs/new.md"] = repository.files.removeValue(forKey: "docs/upgrade.md")
    #expect(try repository.check(baseline).reports.isEmpty)
    var words = repository.shared.split(separator: " ", omittingEmptySubsequences: false)
    words[40] = "edited"
    repository.files["docs/new.md"] = repository.files["docs/new.md"]?
      .replacingOccurrences(of: repository.shared, with: words.joined(separator: " "))
    #expect(try repository.check(baseline).reports.isEmpty)
  }

  @Test("a third copy is reported at the new file alone")
  func thirdCopy() throws {
    var repository = try Repository()
    let baseline = try Self.accepted(repository)
    repository.files["docs/aaa.md"] = repository.text(before: 10, after: 10)
    #expect(repository.copies(try repository.check(baseline)) == ["docs/aaa.md"])
  }

  @Test("a copied page is reported at the copy alone")
  func copiedPage() throws {
    var repository = try Repository()
    let baseline = try Self.accepted(repository)
    repository.files["docs/zzz.md"] = repository.files["docs/guides/p1.md"]
    #expect(repository.copies(try repository.check(baseline)) == ["docs/zzz.md"])
  }

  @Test("an entry of text that no longer repeats is told, and nothing fails")
  func unused() throws {
    var repository = try Repository()
    let baseline = try Self.accepted(repository)
    repository.files["docs/upgrade.md"] = repository.more(20)
    let result = try repository.check(baseline)
    #expect(result.reports.isEmpty)
    #expect(result.unused.map(\.rule) == [.passage])
  }

  @Test("a longer repeat of accepted text is reported")
  func longer() throws {
    var repository = try Repository()
    let baseline = try Self.accepted(repository)
    let more = repository.more(6)
    for name in ["docs/upgrade.md", "docs/install.md"] {
      repository.files[name] = repository.files[name]?.replacingOccurrences(
        of: repository.shared, with: repository.shared + more)
    }
    #expect(repository.copies(try repository.check(baseline)) == ["docs/upgrade.md"])
  }

  @Test("a baseline that does not exist or is damaged is an error with the line")
  func damaged() throws {
    let workspace = try Workspace()
    #expect(throws: RepriseError.self) {
      try CheckBaseline(readingFrom: workspace.path("missing.jsonl"))
    }
    for line in [
      "{", "{}", "{\"rule\":\"x\",\"words\":1,\"places\":[],\"sketch\":[],\"title\":\"\"}",
    ] {
      try workspace.write("bad.jsonl", text: "\n" + line + "\n")
      let error = #expect(throws: RepriseError.self) {
        try CheckBaseline(readingFrom: workspace.path("bad.jsonl"))
      }
      #expect(error?.description.contains("line 2") == true)
    }
  }

  @Test("text that may repeat is not reported")
  func ignoredText() throws {
    let repository = try Repository()
    _ = try repository.check()
    try repository.workspace.write("shared.txt", text: repository.shared)
    var options = CheckOptions(paths: [repository.workspace.path("docs")])
    options.ignoredTexts = [repository.workspace.path("shared.txt")]
    #expect(repository.copies(try Check(options).run()) == ["docs/guides/b, 100%.md"])
  }

  @Test("with files, only copies in or of them are reported")
  func someFiles() throws {
    let repository = try Repository()
    _ = try repository.check()
    var options = CheckOptions(paths: [repository.workspace.path("docs")])
    options.files = [repository.workspace.path("docs/install.md")]
    #expect(repository.copies(try Check(options).run()) == ["docs/upgrade.md"])
  }
}
