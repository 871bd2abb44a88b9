import Foundation
import Testing

@Suite("Compressed standard input")
struct CompressedInputTests {
  /// Makes `plain.jsonl` and `plain.txt`, and of each a `.gz` and a `.zst` of two members or frames.
  private static let preparation = """
    for i in 1 2 3 1 4 2; do
      echo "{\\"id\\":\\"$i-$RANDOM\\",\\"text\\":\\"$(seq -s ' ' $((i * 1000)) $((i * 1000 + 50)))\\"}"
    done > plain.jsonl
    seq -s ' ' 1 3000 > plain.txt
    for name in plain.jsonl plain.txt; do
      head -c 700 $name > first; tail -c +701 $name > second
      for tool in gzip zstd; do
        suffix=$([ $tool = gzip ] && echo gz || echo zst)
        (for part in first second; do $tool -c $part; done) > $name.$suffix
      done
    done

    """

  private func run(_ script: String) throws -> ShellRun {
    let folder = try CommandRun()
    defer { folder.remove() }
    return try ShellRun(Self.preparation + script, in: folder.folder)
  }

  @Test("gives the results of the plain data", arguments: ["jsonl", "txt"], ["gz", "zst"])
  func plain(kind: String, suffix: String) throws {
    let run = try run(
      """
      $reprise scan - --quiet < plain.\(kind) -o expected
      $reprise scan - --quiet < plain.\(kind).\(suffix) -o file
      cat plain.\(kind).\(suffix) | $reprise scan - --quiet -o pipe
      (for i in $(seq 300); do sleep 0.001; head -c 5; done; cat) \\
        < plain.\(kind).\(suffix) | $reprise scan - --quiet -o slow
      mkfifo named; cat plain.\(kind).\(suffix) > named & $reprise scan named --quiet -o fifo
      sed -i 's/"named"/"-"/g; s/named#/-#/g' fifo/*.jsonl
      for name in file pipe slow fifo; do
        for file in manifest clusters pairs passages problems; do
          cmp expected/$file.jsonl $name/$file.jsonl
        done
      done
      wc -l < expected/manifest.jsonl
      grep -o '"compression": "[a-z]*"' pipe/summary.json | tr -d ' '
      """)
    #expect(run.stderr == "")
    #expect(run.status == 0)
    let name = suffix == "gz" ? "gzip" : "zstd"
    #expect(run.stdout == "\(kind == "txt" ? 1 : 6)\n\"compression\":\"\(name)\"\n")
  }

  @Test("has the problems of a damaged file", arguments: ["gz", "zst"])
  func damaged(suffix: String) throws {
    let run = try run(
      """
      status() { $reprise scan --quiet "$@" && echo 0 || echo $?; }
      for damage in 'head -c -12 plain.jsonl.\(suffix)' 'cat plain.jsonl.\(suffix) plain.txt'; do
        $damage > x.jsonl.\(suffix)
        status x.jsonl.\(suffix) -o file
        status - -o input < x.jsonl.\(suffix)
        sed 's/x.jsonl.\(suffix)/-/g' file/problems.jsonl | cmp - input/problems.jsonl
        grep -o '"class":"[a-z-]*"' input/problems.jsonl
      done
      """)
    #expect(run.stderr == "")
    #expect(
      run.stdout
        == "1\n1\n\"class\":\"truncated\"\n1\n1\n\"class\":\"trailing-garbage\"\n")
  }
}
