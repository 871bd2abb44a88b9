import Foundation
import Testing

/// A machine on which `/proc` and `/sys` are not mounted, such as a bare chroot.
@Suite("Without /proc")
struct NoProcTests {
  /// What makes a namespace for mounts here, if anything does.
  private static let namespace: [String]? = [["unshare", "-m"], ["unshare", "-rm"]].first { words in
    let folder = FileManager.default.temporaryDirectory
    return (try? ShellRun(hide + "test -z \"$(ls /proc)\"", in: folder, shell: words))?.status == 0
  }

  private static let hide = "mount -t tmpfs none /proc; mount -t tmpfs none /sys; "

  @Test(
    "the command sees its arguments, and writes the same results",
    .enabled(if: namespace != nil, "no namespace for mounts can be made here"))
  func arguments() throws {
    let work = try CommandRun()
    defer { work.remove() }
    let run = try ShellRun(
      """
      words=$(seq -f 'word%.0f' 1 120)
      mkdir in
      echo $words > in/a.txt
      echo $words > in/b.txt
      "$reprise" scan in -o with --quiet
      \(Self.hide)
      env -i "$reprise" scan in -o without --quiet
      for name in manifest clusters pairs passages problems; do
        cmp with/$name.jsonl without/$name.jsonl
      done
      env -i "$reprise" clean without -o cleaned --quiet
      cmp in/a.txt cleaned/a.txt
      env -i "$reprise" scan in -o $'o\\351' --quiet
      test -d $'o\\351'
      "$reprise" compare in/a.txt in/b.txt | head -n 1
      "$reprise" scan missing 2>&1 || echo $?
      """, in: work.folder, shell: try #require(Self.namespace))
    #expect(run.status == 0, "\(run.stderr)")
    #expect(run.stdout.contains("120 words"), "\(run.stdout)")
    #expect(run.stdout.hasSuffix("\n2\n"), "\(run.stdout)")
  }
}
