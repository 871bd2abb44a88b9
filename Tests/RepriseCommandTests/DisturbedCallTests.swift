import Foundation
import Testing

/// Single calls of the C library that fail in the built command, by the library of
/// `scripts/fault-injection`.
@Suite(
  "A call that fails",
  .enabled(
    if: FaultInjectionTests.canRun, "needs Python 3, a C compiler, and a build without sanitizers"))
struct DisturbedCallTests {
  private static let library = GoldenCase.testFolder.deletingLastPathComponent()
    .appendingPathComponent("Faults/preloaded.c").path

  /// Runs a script in a folder with a corpus; `disturbed CALL NUMBER ERROR PATH ARGUMENTS` runs the
  /// command, in which that call on such a path fails.
  private func run(_ script: String) throws -> (run: ShellRun, lines: [String]) {
    let work = try CommandRun()
    defer { work.remove() }
    let run = try ShellRun(
      """
      cc -O1 -shared -fPIC '\(Self.library)' -o /tmp/$$.so
      trap 'rm /tmp/$$.so' EXIT
      disturbed() {
        local call=$1 at=$2 error=$3 path=$4; shift 4
        LD_PRELOAD=/tmp/$$.so FAULT_HOW=error FAULT_CALL=$call FAULT_AT=$at FAULT_ERRNO=$error \\
          FAULT_PATH=$path "$reprise" "$@"
      }
      mkdir corpus
      for name in a b c; do echo "a text of the file $name" > corpus/$name.txt; done
      \(script)
      """, in: work.folder)
    return (run, run.stdout.split(separator: "\n").map(String.init))
  }

  @Test(
    "while a folder for a run is made leaves nothing behind",
    arguments: [
      "openat 1 5 .out.partial", "openat 1 5 reprise-scratch", "openat 1 28 made-by-reprise",
      "openat 2 28 made-by-reprise", "pwrite 1 28 made-by-reprise", "pwrite 2 28 made-by-reprise",
      "fstat 1 5 made-by-reprise", "fstat 2 5 made-by-reprise",
    ])
  func markedFolders(_ call: String) throws {
    let (run, lines) = try run(
      "disturbed \(call) scan corpus --quiet --scratch fast -o out || echo $?; ls -A")
    #expect(lines == ["2", "corpus"], "\(run.stderr)")
  }

  @Test("while scratch files are removed is a warning", arguments: ["signatures", ".out.scratch"])
  func scratchFiles(_ name: String) throws {
    let (run, lines) = try run(
      """
      disturbed unlinkat 1 5 \(name) scan corpus --quiet -o out || echo $?
      ls -A; wc -l < out/manifest.jsonl
      """)
    #expect(lines == ["1", ".out.scratch", "corpus", "out", "3"], "\(run.stderr)")
    #expect(run.stderr.contains("reprise: warning: \".out.scratch"), "\(run.stderr)")
  }

  @Test("to begin the thread that waits for signals leaves the signals as they were")
  func signals() throws {
    let (run, lines) = try run(
      """
      mkfifo pipe; exec 3<> pipe
      LD_PRELOAD=/tmp/$$.so FAULT_HOW=error FAULT_CALL=pthread_create FAULT_AT=1 FAULT_ERRNO=11 \\
        FAULT_ONWARD=1 "$reprise" scan - --quiet -o out < pipe & id=$!
      for wait in {1..100}; do [ -e .out.scratch ] || sleep 0.1; done
      kill -TERM $id
      for wait in {1..100}; do kill -0 $id 2> /dev/null && sleep 0.1 || break; done
      kill -KILL $id 2> /dev/null || true
      wait $id || echo $?
      """)
    #expect(lines == ["143"], "\(run.stderr)")
  }

  @Test(
    "to tell a folder of Reprise from one of documents is a problem, and nothing in it is read",
    arguments: [
      "open 1 5 old/summary.json", "pread 1 5 old/summary.json", "openat 2 5 made-by-reprise",
      "pread 1 5 kept/made-by-reprise",
    ])
  func ownFolders(_ call: String) throws {
    let (run, lines) = try run(
      """
      "$reprise" scan corpus --quiet -o corpus/old
      mkdir corpus/kept; echo 'reprise-folder 1 scratch' > corpus/kept/made-by-reprise
      echo "a text" > corpus/kept/signatures
      disturbed \(call) scan corpus --quiet -o out || echo $?
      wc -l < out/manifest.jsonl; wc -l < out/problems.jsonl
      """)
    #expect(lines == ["1", "3", "1"], "\(run.stderr)")
  }

  @Test("to find the results that are replaced does not make them input", arguments: 1...8)
  func ownOutput(_ number: Int) throws {
    let (run, lines) = try run(
      """
      "$reprise" scan corpus --quiet -o corpus/out
      disturbed stat \(number) 5 corpus/out scan corpus --quiet -o corpus/out || true
      wc -l < corpus/out/manifest.jsonl
      """)
    #expect(lines == ["3"], "\(run.stderr)")
  }
}
