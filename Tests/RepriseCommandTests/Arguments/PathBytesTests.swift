import Foundation
import Testing

/// Paths that are not UTF-8, as a shell hands them to the command.
@Suite("Paths of any bytes")
struct PathBytesTests {
  private func run(_ script: String) throws -> ShellRun {
    let work = try CommandRun()
    defer { work.remove() }
    return try ShellRun(script, in: work.folder)
  }

  // 120 words twice, so that there is something to drop.
  private static let input = """
    words=$(seq -f 'word%.0f' 1 120)
    mkdir $'in\\351'
    echo $words > $'in\\351/a\\377.txt'
    echo $words > $'in\\351/b.txt'

    """

  @Test("name inputs, outputs and scratch folders")
  func scanAndClean() throws {
    let run = try run(
      Self.input + """
        "$reprise" scan $'in\\351' -o $'o\\351' --scratch $'s\\351' --no-progress > report
        test -f $'o\\351/manifest.jsonl'
        test ! -e $'s\\351' -o -d $'s\\351'
        "$reprise" clean $'o\\351' --output $'c\\377' --quiet
        cmp $'in\\351/a\\377.txt' $'c\\377/a\\377.txt'
        test ! -e $'c\\377/b.txt'
        ls -A | LC_ALL=C sort | od -An -c | tr -d '\\n '
        """)
    #expect(run.status == 0, "\(run.stderr)")
    #expect(run.stdout.contains(#"c377\nin351\no351\nreport"#), "\(run.stdout)")
    #expect(!run.stdout.contains("357277275"), "a name with U+FFFD was made")
  }

  @Test("name signature files and files to compare")
  func signAndCompare() throws {
    let run = try run(
      Self.input + """
        "$reprise" sign $'in\\351' -o $'part\\351' --quiet
        test -f $'part\\351'
        "$reprise" scan --signatures $'part\\351' -o out --quiet
        test -f out/manifest.jsonl
        "$reprise" compare $'in\\351/a\\377.txt' $'in\\351/b.txt' > report
        "$reprise" compare $'in\\351/a\\377.txt' $'in\\351/b.txt' --json
        """)
    #expect(run.status == 0, "\(run.stderr)")
    #expect(run.stdout.contains(#""path_hex":"696ee92f61ff2e747874""#), "\(run.stdout)")
  }

  @Test("are printed as text, and in the next command as the shell needs them")
  func printed() throws {
    let run = try run(
      Self.input + """
        "$reprise" scan $'in\\351' -o $'o\\351 x' --no-progress
        eval "$(sed -n 's/^  reprise clean/"$reprise" clean/p' \
          < <("$reprise" scan $'in\\351' -o $'o\\351 x' --no-progress))"
        test -d cleaned
        "$reprise" scan $'in\\351' -o $'o\\351' --json --no-progress > json
        grep -c '"root":"in\u{FFFD}","root_hex":"696ee9"' json
        """)
    #expect(run.status == 0, "\(run.stderr)")
    #expect(run.stdout.contains("The results are in o\u{FFFD} x."))
    #expect(run.stdout.contains(#"reprise clean $'o\351 x' --output cleaned"#))
    #expect(run.stdout.hasSuffix("\n1\n"), "\(run.stdout)")
  }

  @Test("are named in errors")
  func errors() throws {
    let missing = try run(#""$reprise" scan $'missing\351'"#)
    #expect(missing.status == 2)
    #expect(missing.stderr.contains("\"missing\u{FFFD}\": cannot be opened"), "\(missing.stderr)")
    let option = try run(#""$reprise" scan x $'--opt\351'"#)
    #expect(option.status == 2)
    #expect(option.stderr.contains(#"--opt\xE9"#), "\(option.stderr)")
  }

  @Test(
    "options that are text refuse other bytes",
    arguments: [
      "--text-field", "--id-field", "--encoding", "--split-after", "--split-before", "--include",
      "--exclude", "--keep",
    ])
  func textOptions(_ option: String) throws {
    let run = try run("\"$reprise\" scan x \(option) $'newest:caf\\351'")
    #expect(run.status == 2)
    #expect(run.stderr.contains("it must be UTF-8"), "\(run.stderr)")
    #expect(run.stderr.contains(#"caf\xE9"#), "\(run.stderr)")
  }
}
