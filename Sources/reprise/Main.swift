internal import ArgumentParser
internal import Glibc

@main
struct Main {
  static func main() {
    // A reader that goes away is seen as EPIPE where it is written to.
    signal(SIGPIPE, SIG_IGN)
    // A file that would grow beyond a limit is seen as EFBIG where it is written to.
    signal(SIGXFSZ, SIG_IGN)
    exit(run(ProcessArguments.bytes.map(ArgumentText.text)).rawValue)
  }

  static func run(_ arguments: [String]) -> ExitStatus {
    do {
      return try execute(arguments)
    } catch is BrokenPipe {
      return .done
    } catch let failure as Failure {
      report(failure)
    } catch {
      report(Failure("\(error)"))
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
    } catch let error where !(error is Failure || error is BrokenPipe) {
      return try answer(error)
    }
  }

  // The argument parser knows no more of a wrong name than that it was not expected.
  private static func checkCommandName(_ name: String?) throws {
    guard let name, !name.hasPrefix("-") else { return }
    let names = RepriseCommand.configuration.subcommands.compactMap { $0.configuration.commandName }
    guard !(names + ["help"]).contains(name) else { return }
    throw Failure(
      "there is no command '\(ArgumentText.shown(name))': the commands are \(names.joined(separator: ", ")).",
      hint: "reprise scan PATH finds the duplicates of a folder or file")
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

  private static func report(_ failure: Failure) {
    MessageStream.standardError.line("reprise: " + SafeText.message(failure.description))
    if let hint = failure.hint { MessageStream.standardError.line("hint: \(hint)") }
  }
}

/// A command that says itself how it ended.
protocol ExecutableCommand: ParsableCommand {
  /// Does what the arguments say.
  func execute() throws -> ExitStatus
}
