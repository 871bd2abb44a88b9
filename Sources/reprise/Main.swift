internal import ArgumentParser
internal import Glibc

@main
struct Main {
  static func main() {
    // A reader that goes away is seen as EPIPE where it is written to.
    signal(SIGPIPE, SIG_IGN)
    // A file that would grow beyond a limit is seen as EFBIG where it is written to.
    signal(SIGXFSZ, SIG_IGN)
    occupyStandardDescriptors()
    let status = run(ProcessArguments.bytes.map(ArgumentText.text))
    Interruption.waitIfStopping()
    exit(status.rawValue)
  }

  /// Puts something that cannot be used in the place of closed standard descriptors, or else a file
  /// that the run opens would get their numbers and be taken for them.
  private static func occupyStandardDescriptors() {
    for descriptor in STDIN_FILENO...STDERR_FILENO {
      while fcntl(descriptor, F_GETFD) < 0 {
        // The lowest free number is taken.
        let flags = descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY
        guard unsafe open("/dev/null", flags) >= 0 else { return }
      }
    }
  }

  static func run(_ arguments: [String]) -> ExitStatus {
    do {
      return try execute(arguments)
    } catch is BrokenPipe {
      return .done
    } catch let failure as CommandError {
      report(failure)
    } catch {
      report(CommandError("\(error)"))
    }
    return .failed
  }

  private static func execute(_ arguments: [String]) throws -> ExitStatus {
    try checkCommandName(arguments.first)
    do {
      var command = try RepriseCommand.parseAsRoot(arguments)
      if let command = command as? any ExecutableCommand { return try command.execute() }
      try command.run()
      return .done
    } catch let error where !(error is CommandError || error is BrokenPipe) {
      return try answer(error)
    }
  }

  // For an unknown name the argument parser would say only that it was unexpected.
  private static func checkCommandName(_ name: String?) throws {
    guard let name, !name.hasPrefix("-") else { return }
    let names = RepriseCommand.configuration.subcommands.compactMap { $0.configuration.commandName }
    guard !(names + ["help"]).contains(name) else { return }
    throw CommandError(
      "unknown command '\(ArgumentText.shown(name))'; the commands are \(names.dropLast().joined(separator: ", ")) "
        + "and \(names.last ?? "").",
      hint: "to find duplicates, run reprise scan PATH")
  }

  /// Prints what the argument parser has to say: help, the version, or what is wrong with the
  /// arguments.
  private static func answer(_ error: any Error) throws -> ExitStatus {
    let text = RepriseCommand.fullMessage(for: error)
    if RepriseCommand.exitCode(for: error).isSuccess {
      try StandardOutput.write(text.hasSuffix("\n") ? text : text + "\n")
      return .done
    }
    let prefix = "Error: "
    let message = text.hasPrefix(prefix) ? text.dropFirst(prefix.count) : text[...]
    let shown = SafeText.message(ArgumentText.shown(String(message)))
    MessageStream.standardError.line("reprise: " + shown)
    return .failed
  }

  private static func report(_ failure: CommandError) {
    // A run that was stopped fails of that, which is no news.
    Interruption.waitIfStopping()
    MessageStream.standardError.line("reprise: " + SafeText.message(failure.description))
    if let hint = failure.hint { MessageStream.standardError.line("hint: \(hint)") }
  }
}

/// A command that returns its exit status.
protocol ExecutableCommand: ParsableCommand {
  /// Runs the command.
  func execute() throws -> ExitStatus
}
