import Foundation
import Testing

@Suite("reprise check")
struct CheckCommandTests {
  /// A folder with `copies` copies of one passage, in files with hostile names.
  private static func folder(copies: Int) throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("reprise-check-\(UUID().uuidString)")
    let docs = folder.appendingPathComponent("docs")
    try FileManager.default.createDirectory(at: docs, withIntermediateDirectories: true)
    func text(_ first: Int, _ count: Int) -> String {
      (first..<first + count).map { "word\($0)" + ($0 % 9 == 8 ? ".\n" : "") }
        .joined(separator: " ")
    }
    for copy in 0...copies {
      let own = 1000 * (copy + 1)
      let body =
        "# h\u{E9}\u{1F600}\n\n\(text(own, 90))\n\n\(text(0, 45))\n\n\(text(own + 500, 90))\n"
      let name = copy == 1 ? "a: b, 100% [x]&<y>.md" : "file\(copy).md"
      try Data(body.utf8).write(to: docs.appendingPathComponent(name))
    }
    return folder
  }

  private static func run(
    _ script: String, in folder: URL
  ) throws -> (status: Int32, stdout: String, stderr: String) {
    let run = try ShellRun(script, in: folder)
    return (run.status, run.stdout, run.stderr)
  }

  /// The schema of SARIF by OASIS, which is not part of the repository; empty where it is missing.
  private static let schema: String = {
    let named = ProcessInfo.processInfo.environment["REPRISE_SHARED"].map(
      URL.init(fileURLWithPath:))
    let shared =
      named ?? Document.top.deletingLastPathComponent().appendingPathComponent("shared")
    let schema = shared.appendingPathComponent("data/sarif-schema-2.1.0.json").path
    guard FileManager.default.fileExists(atPath: schema) else {
      print(
        "the schema of SARIF is not there: SARIF is checked by the models of sarif-pydantic alone")
      return ""
    }
    return "'\(schema)'"
  }()

  @Test("writes valid SARIF, JUnit and rdjsonl whose positions are those of the passage")
  func formats() throws {
    guard let python = ProcessInfo.processInfo.environment["REPRISE_PYTHON"] else {
      print("skipped: REPRISE_PYTHON is not set; scripts/test sets it")
      return
    }
    let folder = try Self.folder(copies: 3)
    defer { try? FileManager.default.removeItem(at: folder) }
    let fixtures = try #require(Bundle.module.resourceURL).appendingPathComponent("Fixtures").path
    let run = try Self.run(
      """
      "$reprise" check docs --sarif a.sarif --junit a.xml > /dev/null || test $? = 3
      "$reprise" check docs --format rdjsonl > a.jsonl || test $? = 3
      "\(python)" "\(fixtures)/check_reports.py" a.sarif a.xml a.jsonl \(Self.schema)
      """, in: folder)
    #expect(run.status == 0, "\(run.stderr)")
    #expect(run.stdout == "3\n")
  }

  @Test("annotates ten copies at most, prints all, and escapes names")
  func annotations() throws {
    let folder = try Self.folder(copies: 14)
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try Self.run("\"$reprise\" check docs --format github", in: folder)
    #expect(run.status == 3)
    let lines = run.stdout.split(separator: "\n")
    #expect(lines.count { $0.hasPrefix("::warning ") } == 10)
    #expect(lines.count { $0.hasPrefix("::notice ") } == 1)
    #expect(lines.count { $0.hasSuffix("[repeated-passage]") } == 14)
    #expect(lines.contains { $0.hasPrefix("::notice") && $0.contains("4 further repeats") })
    #expect(run.stdout.contains("::warning file=docs/file10.md,line="))
    let others = try Self.run(
      "rm docs/file1?.md; \"$reprise\" check docs --format github", in: folder)
    #expect(others.stdout.contains("a: b, 100% [x]&<y>.md"))
  }

  @Test("the exit status tells no repeats, nothing read, a missing baseline, and repeats")
  func statuses() throws {
    let folder = try Self.folder(copies: 1)
    defer { try? FileManager.default.removeItem(at: folder) }
    let calls: [(call: String, status: Int32)] = [
      ("check docs", 3), ("check docs --baseline b.jsonl", 2),
      ("check docs --baseline b.jsonl --update-baseline", 0),
      ("check docs --baseline b.jsonl", 0),
      ("check docs --baseline b.jsonl --ignore-baseline", 3),
      ("check docs --min-passage 60", 0), ("check missing", 2), ("check empty", 2),
      ("check docs/file0.md", 3),
    ]
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("empty"), withIntermediateDirectories: true)
    for (call, status) in calls {
      let run = try Self.run("\"$reprise\" \(call)", in: folder)
      #expect(run.status == status, "\(call)\n\(run.stdout)\(run.stderr)")
    }
  }

  @Test("--against accepts what a commit has, and reports a further copy")
  func against() throws {
    let folder = try Self.folder(copies: 1)
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try Self.run(
      """
      git init -q .
      git add docs
      git -c user.name=a -c user.email=a@b.c commit -qm first
      "$reprise" check docs --against HEAD > quiet
      "$reprise" check docs --against nowhere 2> refused || test $? = 2
      cp docs/file0.md docs/new.md
      "$reprise" check docs --against HEAD --no-group
      """, in: folder)
    #expect(run.status == 3, "\(run.stderr)")
    #expect(
      run.stdout.hasPrefix("docs/new.md:1:1: repeats docs/file0.md [repeated-document]\n\n1 repeat")
    )
  }

  @Test("settings are found upward, and the command line is stronger")
  func settings() throws {
    let folder = try Self.folder(copies: 1)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("# comment\nmin-passage = 60 # words\npaths = [\n  \"docs\",\n]\n".utf8)
      .write(to: folder.appendingPathComponent(".reprise.toml"))
    for (call, status): (String, Int32) in [
      ("\"$reprise\" check", 0), ("cd docs; \"$reprise\" check", 0),
      ("\"$reprise\" check --min-passage 30", 3), ("\"$reprise\" check --no-config", 3),
    ] {
      #expect(try Self.run(call, in: folder).status == status, "\(call)")
    }
  }

  @Test(
    "an invalid setting is an error with line and column",
    arguments: [
      ("\nmin-pasage = 3", "line 2, column 1: unknown key 'min-pasage'"),
      ("min-passage = 3", "line 1, column 15: 'min-passage' has an impossible value"),
      ("find = \"x\"", "line 1, column 8"), ("[group]", "line 1, column 1: tables"),
      ("[[groups]]", "line 1, column 1: the only table"), ("[[group]]", "needs 'paths'"),
      ("[[group]]\nfind = 'all'", "line 2, column 1: a [[group]] has one key"),
      ("ignore-code = yes", "line 1, column 15"), ("ignore-code = truly", "line 1, column 15"),
      ("paths = [\"a\" \"b\"]", "line 1, column 14"), ("paths = [\"a\nb\"]", "line 1, column 10"),
      ("threshold 1", "line 1, column 11"), ("threshold = 0.8 x", "line 1, column 17"),
      ("find = \"\\q\"", "line 1, column 9"), ("find = 'all'\nfind = 'all'", "line 2, column 1"),
      ("threshold = nan", "line 1, column 13"), ("= 1", "line 1, column 1"),
    ])
  func invalidSettings(text: String, message: String) throws {
    let folder = try Self.folder(copies: 0)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(text.utf8).write(to: folder.appendingPathComponent(".reprise.toml"))
    let run = try Self.run("\"$reprise\" check", in: folder)
    #expect(run.status == 2)
    #expect(run.stderr.contains(message), "\(run.stderr)")
  }

  @Test("groups and code of the settings are globs and flags from the folder of the file")
  func groupSettings() throws {
    let folder = try Self.folder(copies: 1)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(
      "paths = ['docs']\nignore-code = false\n[[group]]  # meant\npaths = ['docs/**']\n".utf8
    )
    .write(to: folder.appendingPathComponent(".reprise.toml"))
    #expect(try Self.run("\"$reprise\" check", in: folder).status == 0)
    #expect(try Self.run("cd docs; \"$reprise\" check", in: folder).status == 0)
    #expect(try Self.run("\"$reprise\" check --no-config", in: folder).status == 3)
  }

  @Test("--format json has each copy with both places, and the numbers")
  func json() throws {
    let folder = try Self.folder(copies: 2)
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try Self.run("\"$reprise\" check docs --format json", in: folder)
    #expect(run.status == 3)
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(run.stdout.utf8)) as? [String: Any])
    let repeats = try #require(object["repeats"] as? [[String: Any]])
    #expect(repeats.count == 2 && object["files"] as? Int == 3)
    let copy = try #require(repeats[1]["copy"] as? [String: Any])
    let kept = try #require(repeats[1]["repeats"] as? [String: Any])
    #expect(copy["file"] as? String == "docs/file2.md" && copy["start_line"] as? Int ?? 0 > 3)
    #expect((kept["file"] as? String) != (copy["file"] as? String))
  }

  @Test("--report shows all copies by the names of their files, accepted ones too")
  func report() throws {
    let folder = try Self.folder(copies: 2)
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try Self.run(
      """
      "$reprise" check docs --report a.html > /dev/null || test $? = 3
      "$reprise" check docs --baseline b.jsonl --update-baseline > /dev/null
      "$reprise" check docs --baseline b.jsonl --report b.html
      cmp a.html b.html
      """, in: folder)
    #expect(run.status == 0, "\(run.stdout)\(run.stderr)")
    let page = try String(
      contentsOf: folder.appendingPathComponent("a.html"), encoding: .utf8)
    #expect(page.contains("docs/file2.md") && page.contains("docs/a: b, 100% [x]&amp;&lt;y&gt;.md"))
    #expect(page.contains("of the text repeats") && page.contains("<h1><bdi>docs</bdi></h1>"))
    #expect(!page.contains("/files/1000000"), "the names of copies are not shown")
    let refused = try Self.run("\"$reprise\" check docs --report docs", in: folder)
    #expect(refused.status == 2 && refused.stderr.contains("docs"))
  }

  @Test("SARIF has the 5,000 longest of more copies, and says how many are left out")
  func limit() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("reprise-check-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let docs = folder.appendingPathComponent("docs")
    try FileManager.default.createDirectory(at: docs, withIntermediateDirectories: true)
    let shared = (0..<24).map { "shared\($0)" }.joined(separator: " ")
    for file in 0..<5_011 {
      let own = (0..<24).map { "own\(file)x\($0)" }.joined(separator: " ")
      try Data("\(own)\n\n\(shared)\n".utf8)
        .write(to: docs.appendingPathComponent("f\(10_000 + file).md"))
    }
    let run = try Self.run(
      """
      "$reprise" check docs --min-passage 16 --sarif a.sarif > out || status=$?
      tail -n 1 out
      exit $status
      """, in: folder)
    #expect(run.status == 3 && run.stdout.contains("5,010 repeats in 5,010 files"))
    let sarif = try #require(
      JSONSerialization.jsonObject(
        with: Data(contentsOf: folder.appendingPathComponent("a.sarif"))) as? [String: Any])
    let object = try #require((sarif["runs"] as? [[String: Any]])?.first)
    #expect((object["results"] as? [Any])?.count == 5_000)
    #expect("\(object["invocations"] ?? "")".contains("10 shorter repeats are not in this file."))
  }

  @Test("--sarif-all has accepted copies as suppressed, with the reason of the baseline")
  func suppressed() throws {
    let folder = try Self.folder(copies: 2)
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try Self.run(
      """
      "$reprise" check docs --baseline b.jsonl --update-baseline
      sed -i 's/"reason":null/"reason":"a header"/' b.jsonl
      "$reprise" check docs --baseline b.jsonl --sarif none.sarif
      "$reprise" check docs --baseline b.jsonl --sarif all.sarif --sarif-all
      cp docs/file2.md docs/file9.md
      sed -E -i 's/word3([0-9]{3})/word7\\1/g' docs/file9.md
      "$reprise" check docs --baseline b.jsonl --sarif new.sarif --sarif-all || test $? = 3
      "$reprise" check docs --sarif-all || echo "status $?"
      """, in: folder)
    #expect(run.status == 0 && run.stdout.contains("status 2"), "\(run.stdout)\(run.stderr)")
    func results(_ name: String) throws -> [[String: Any]] {
      let object = try JSONSerialization.jsonObject(
        with: Data(contentsOf: folder.appendingPathComponent(name)))
      let runs = (object as? [String: Any])?["runs"] as? [[String: Any]]
      return runs?.first?["results"] as? [[String: Any]] ?? []
    }
    #expect(try results("none.sarif").isEmpty)
    let all = try results("all.sarif")
    #expect(all.count == 2 && all.allSatisfy { $0["baselineState"] as? String == "unchanged" })
    for result in all {
      let suppression = try #require((result["suppressions"] as? [[String: String]])?.first)
      #expect(
        suppression == ["kind": "external", "status": "accepted", "justification": "a header"])
    }
    let new = try results("new.sarif")
    #expect(new.map { $0["baselineState"] as? String } == ["new", "unchanged", "unchanged"])
    #expect(new[0]["suppressions"] == nil && "\(new[0])".contains("file9.md"))
    guard let python = ProcessInfo.processInfo.environment["REPRISE_PYTHON"] else {
      print("skipped: REPRISE_PYTHON is not set; scripts/test sets it")
      return
    }
    let valid = try Self.run(
      """
      for file in all new; do
        "\(python)" -c 'import json, sys, sarif_pydantic
      sarif_pydantic.Sarif.model_validate(json.load(open(sys.argv[1])))
      if sys.argv[2:]:
        import jsonschema
        jsonschema.validate(json.load(open(sys.argv[1])), json.load(open(sys.argv[2])))' $file.sarif \(Self.schema)
      done
      """, in: folder)
    #expect(valid.status == 0, "\(valid.stderr)")
  }
}
