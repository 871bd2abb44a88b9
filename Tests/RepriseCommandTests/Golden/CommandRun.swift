import Foundation

/// A working folder in which the built command is called.
struct CommandRun {
  let folder: URL
  private(set) var stdout = ""
  private(set) var stderr = ""
  private(set) var exits: [Int32] = []

  /// The command, which is built next to the tests.
  static let executable = Bundle.module.bundleURL.deletingLastPathComponent()
    .appendingPathComponent("reprise")

  /// Makes an empty folder.
  init() throws {
    folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appendingPathComponent("reprise-command-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// Makes a folder with a case's input, and does its calls.
  init(_ golden: GoldenCase) throws {
    try self.init()
    let input = golden.folder.appendingPathComponent("input")
    for name in (try? FileManager.default.contentsOfDirectory(atPath: input.path)) ?? [] {
      try FileManager.default.copyItem(
        at: input.appendingPathComponent(name), to: folder.appendingPathComponent(name))
    }
    let calls = try golden.calls()
    for arguments in calls {
      if calls.count > 1 { stdout += scrubbed("$ reprise \(arguments.joined(separator: " "))\n") }
      try call(arguments, input: golden.file("stdin") ?? Data())
    }
  }

  /// Calls the command in an environment that does not vary.
  mutating func call(_ arguments: [String], input: Data = Data()) throws {
    let names = [".stdin", ".stdout", ".stderr"].map {
      folder.appendingPathExtension(String($0.dropFirst()))
    }
    defer { for name in names { try? FileManager.default.removeItem(at: name) } }
    try input.write(to: names[0])
    for name in names.dropFirst() { try Data().write(to: name) }
    let process = Process()
    process.executableURL = Self.executable
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ["COLUMNS": "80", "LANG": "C.UTF-8", "TERM": "dumb", "PATH": "/usr/bin"]
    process.standardInput = try FileHandle(forReadingFrom: names[0])
    process.standardOutput = try FileHandle(forWritingTo: names[1])
    process.standardError = try FileHandle(forWritingTo: names[2])
    try process.run()
    process.waitUntilExit()
    stdout += scrubbed(String(decoding: try Data(contentsOf: names[1]), as: UTF8.self))
    stderr += scrubbed(String(decoding: try Data(contentsOf: names[2]), as: UTF8.self))
    exits.append(process.terminationReason == .exit ? process.terminationStatus : -1)
  }

  /// The exit status of every call, one a line.
  var exitLines: String { exits.map { "\($0)\n" }.joined() }

  /// A file of the working folder, scrubbed.
  func file(_ name: String) -> String? {
    guard let data = try? Data(contentsOf: folder.appendingPathComponent(name)) else { return nil }
    return scrubbed(String(decoding: data, as: UTF8.self))
  }

  /// Takes the folder away.
  func remove() { try? FileManager.default.removeItem(at: folder) }

  /// The text without what differs from run to run and from machine to machine.
  func scrubbed(_ text: String) -> String {
    var result = text.replacingOccurrences(of: folder.path, with: "{work}")
      .replacingOccurrences(of: GoldenCase.seeds, with: "{seeds}")
    let patterns = [
      (#"(files?): [0-9][^,\n]*, [<0-9][^,\n]*/s\."#, "$1: TIME, RATE."),
      (#"[0-9]+\.[0-9][0-9] s\b"#, "0.00 s"),
      (#"seconds":[0-9.e+-]+"#, "seconds\":0"),
      (#"[0-9]+ threads, [a-z0-9]+ instructions"#, "N threads, ANY instructions"),
    ]
    for (pattern, replacement) in patterns {
      result = result.replacingOccurrences(
        of: pattern, with: replacement, options: .regularExpression)
    }
    return result
  }
}
