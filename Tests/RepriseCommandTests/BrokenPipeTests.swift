import Foundation
import Testing

@Suite("A reader that goes away")
struct BrokenPipeTests {
  @Test("is success", arguments: [["--help"], ["scan", "--help"], ["--version"]])
  func brokenPipeIsSuccess(_ arguments: [String]) throws {
    let pipe = Pipe()
    let process = Process()
    process.executableURL = CommandRun.executable
    process.arguments = arguments
    process.standardOutput = pipe.fileHandleForWriting
    try pipe.fileHandleForReading.close()
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 0)
  }

  @Test("differs from a full disk")
  func fullDiskIsFailure() throws {
    guard let full = FileHandle(forWritingAtPath: "/dev/full") else { return }
    let errors = Pipe()
    let process = Process()
    process.executableURL = CommandRun.executable
    process.arguments = ["--version"]
    process.standardOutput = full
    process.standardError = errors.fileHandleForWriting
    try process.run()
    process.waitUntilExit()
    try errors.fileHandleForWriting.close()
    let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(process.terminationStatus == 2)
    #expect(text == "reprise: \"standard output\": cannot be written (No space left on device).\n")
  }
}
