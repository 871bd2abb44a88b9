internal import ArgumentParser
internal import RepriseSystem

@main
struct Main {
  static func main() {
    // Writing to a pipe whose reader has gone then fails with EPIPE instead of ending the process.
    signal(SIGPIPE, SIG_IGN)
    // Writing beyond a file size limit then fails with EFBIG instead of ending the process.
    signal(SIGXFSZ, SIG_IGN)
    occupyStandardDescriptors()
    let status = run(ProcessArguments.bytes.map(ArgumentText.text))
    Interruption.waitIfStopping()
    exit(status.rawValue)
  }

  /// Opens unusable descriptors for closed standard streams.
  ///
  /// Otherwise a file that the run opens would get their numbers, and be used as a standard stream.
  private static func occupyStandardDescriptors() {
    for descriptor in STDIN_FILENO...STDERR_FILENO {
      while fcntl(descriptor, F_GETFD) < 0 {
        // `open` returns the lowest free number.
        let flags = descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY
        guard unsafe open("/dev/null", flags) >= 0 else { return }
      }
    }
  }

  static func run(_ arguments: [String]) -> ExitStatus {
    do {
      return try PresetArguments.$given.withValue(PresetArguments.preset(in: arguments)) {
        try execute(arguments)
      }
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

  // For an unknown name, the argument parser would only report an unexpected argument.
  private static func checkCommandName(_ name: String?) throws {
    guard let name, !name.hasPrefix("-") else { return }
    let names = RepriseCommand.configuration.subcommands.compactMap { $0.configuration.commandName }
    guard !(names + ["help"]).contains(name) else { return }
    throw CommandError(
      "unknown command '\(ArgumentText.shown(name))'; the commands are \(names.dropLast().joined(separator: ", ")) "
        + "and \(names.last ?? "").",
      hint: "to find duplicates, run reprise scan PATH")
  }

  /// Prints the output of the argument parser: help, the version, or an error in the arguments.
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
    // A run that was stopped fails because of that, which need not be reported.
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
