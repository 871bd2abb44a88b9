import Foundation
import Testing

/// Input that needs more memory than the system gives.
@Suite("Too little memory to unpack")
struct OutOfMemoryTests {
  /// A zstd frame that asks for a window of 2 GiB, and holds one line.
  private static let frame: [UInt8] =
    [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0xA8] + block(Array("one line of text\n".utf8))

  // The last block, stored: its size and two flags in three bytes.
  private static func block(_ bytes: [UInt8]) -> [UInt8] {
    [UInt8(bytes.count << 3 | 1), 0, 0] + bytes
  }

  @Test(
    "ends a run with a sentence and no results",
    arguments: ["scan a.txt.zst -o out", "compare a.txt.zst a.txt.zst", "sign a.txt.zst -o out"])
  func endsRun(_ arguments: String) throws {
    let work = try CommandRun()
    defer { work.remove() }
    try Data(Self.frame).write(to: work.folder.appendingPathComponent("a.txt.zst"))
    let run = try ShellRun(
      "ulimit -v 1500000; \"$reprise\" \(arguments) || exit $?", in: work.folder)
    #expect(run.status == 2)
    #expect(
      run.stderr.contains(
        "reprise: \"a.txt.zst\", byte 0: the system has no memory left to pack or unpack it"),
      "\(run.stderr)")
    #expect(!FileManager.default.fileExists(atPath: work.folder.path + "/out"))
  }

  @Test("ends clean, too, and the output is not there")
  func endsClean() throws {
    let work = try CommandRun()
    defer { work.remove() }
    try Data(Self.frame).write(to: work.folder.appendingPathComponent("a.txt.zst"))
    let run = try ShellRun(
      """
      "$reprise" scan a.txt.zst -o out --quiet
      ulimit -v 1500000
      "$reprise" clean out -o cleaned || exit $?
      """, in: work.folder)
    #expect(run.status == 2)
    #expect(run.stderr.contains("the system has no memory left"), "\(run.stderr)")
    #expect(!FileManager.default.fileExists(atPath: work.folder.path + "/cleaned"))
  }
}
