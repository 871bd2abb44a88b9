internal import Reprise
internal import RepriseSystem

/// Shows text with the program that `PAGER` names, else with `less`, as git does.
enum Pager {
  /// Writes text to standard output, through a pager if that is a terminal.
  ///
  /// A reader that leaves the pager has read what it needs, so that is not an error.
  ///
  /// - Parameters:
  ///   - text: the text.
  ///   - isUsed: false to write without a pager.
  /// - Throws: ``BrokenPipe`` or ``CommandError``, if standard output cannot be written.
  static func show(_ text: String, isUsed: Bool) throws {
    guard isUsed, isatty(STDOUT_FILENO) == 1, let command, try page(text, command) else {
      return try StandardOutput.write(text)
    }
  }

  /// The command line of the pager; nil if `PAGER` is empty or `cat`.
  private static var command: String? {
    let command = environment("PAGER") ?? "less"
    return command.isEmpty || command == "cat" ? nil : command
  }

  /// Returns false if there is no such program.
  private static func page(_ text: String, _ command: String) throws -> Bool {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { return false }
    // Otherwise the pager would have both ends, and never see the end of its input.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    // Colors are shown, and a text that fits the screen is printed.
    let settings = environment("LESS") == nil ? ["LESS": "FRX"] : [:]
    let child: ChildProcess
    do {
      child = try ChildProcess(["/bin/sh", "-c", command], environment: settings, input: ends[0])
    } catch {
      for end in ends { close(end) }
      return false
    }
    close(ends[0])
    // Ctrl-C is for the pager, which goes on.
    signal(SIGINT, SIG_IGN)
    var buffer = ByteBuffer(capacity: text.utf8.count)
    buffer.append(text)
    // A failure means that the pager has ended.
    try? buffer.flush(to: ends[1], path: "the pager")
    close(ends[1])
    let status = child.wait()
    signal(SIGINT, SIG_DFL)
    // 126 and 127 are those of the shell for a program that cannot be started.
    return status != 126 && status != 127
  }
}
