import Foundation
import Testing

@Suite("Lists of paths")
struct FilesFromTests {
  private func run(_ script: String) throws -> ShellRun {
    let folder = try CommandRun()
    defer { folder.remove() }
    let preparation = """
      mkdir -p a b/c; for name in a/x a/y b/c/x b/z; do seq -s ' ' 90 > "$name.txt"; done
      echo other words of a text > 'b/two words.txt'

      """
    return try ShellRun(preparation + script, in: folder.folder)
  }

  @Test("are read as arguments are, in lines and separated by zeros")
  func equal() throws {
    let run = try run(
      """
      $reprise scan --quiet a/x.txt b/c 'b/two words.txt' -o expected
      printf 'a/x.txt\nb/c\n\nb/two words.txt' > lines
      printf 'a/x.txt\\0b/c\\0b/two words.txt\\0' > zeros
      $reprise scan --quiet --files-from lines -o 1
      $reprise scan --quiet --files-from zeros -o 2
      $reprise scan --quiet --files-from - -o 3 < zeros
      (echo b/c; echo 'b/two words.txt') > second
      $reprise scan --quiet a/x.txt --files-from second -o 4
      (echo a/x.txt; echo b/c) > first; echo 'b/two words.txt' > second
      $reprise scan --quiet --files-from first --files-from second -o 5
      $reprise sign --quiet --files-from lines -o signatures
      $reprise scan --quiet --signatures signatures -o 6
      for number in 1 2 3 4 5 6; do
        cmp expected/manifest.jsonl $number/manifest.jsonl
        $reprise clean $number --output cleaned-$number --quiet
        diff -r cleaned-1 cleaned-$number
      done
      (cd cleaned-1 && find . -type f | LC_ALL=C sort)
      """)
    #expect(run.stderr == "")
    #expect(run.status == 0)
    #expect(run.stdout == "./two words.txt\n./x.txt\n")
  }

  @Test("are refused with a sentence")
  func refused() throws {
    let run = try run(
      """
      refuse() { $reprise "$@" && false || echo $?; }
      printf 'a\n\nb/none\n' > list
      refuse scan --files-from list
      refuse sign --files-from list -o s
      refuse scan --files-from absent
      refuse scan --files-from /dev/null
      refuse scan - --files-from - 2> /dev/null
      echo - | refuse scan --files-from -
      echo - > dash; refuse sign --files-from dash -o s
      refuse scan --signatures s --files-from list 2> /dev/null
      mkdir out; echo out > inside; refuse scan --files-from inside -o out
      """)
    #expect(run.stdout == String(repeating: "2\n", count: 9))
    let missing =
      #"reprise: "list", line 3: "b/none" cannot be opened (No such file or directory)."#
    #expect(
      run.stderr == """
        \(missing)
        \(missing)
        reprise: "absent": cannot be opened (No such file or directory).
        reprise: there is no file to read in "/dev/null".
        reprise: standard input cannot be both a list of paths and an input.
        reprise: standard input cannot be signed, because the scan must be able to read it again.
        reprise: "out": the output would replace the input "out".

        """)
  }

  @Test("take standard input as an input from a list in a file")
  func standardInput() throws {
    let run = try run(
      """
      printf 'a/x.txt\n-\n' > list
      $reprise scan --quiet --files-from list < b/z.txt
      grep -c '"status":"drop"' reprise-results/manifest.jsonl
      """)
    #expect(run.stderr == "")
    #expect(run.stdout == "1\n")
  }
}
