internal import ArgumentParser

/// How much the command says, and in which form.
struct OutputOptions: ParsableArguments {
  enum Verbosity: String, EnumerableFlag {
    case quiet
    case verbose

    static func help(for value: Verbosity) -> ArgumentHelp? {
      switch value {
      case .quiet: "Print nothing but errors."
      case .verbose: "Also print what is being done, and details in the summary."
      }
    }
  }

  @Flag(exclusivity: .exclusive)
  var verbosity: Verbosity?

  @Flag(help: "Print the summary as one JSON object.")
  var json = false

  @Flag(name: .customLong("no-progress"), help: "Show no progress on standard error.")
  var hidesProgress = false

  func validate() throws {
    if json && verbosity == .quiet {
      throw ValidationError(
        "--json and --quiet cannot be used together; --no-progress keeps standard error empty.")
    }
  }

  var isQuiet: Bool { verbosity == .quiet }
  var isVerbose: Bool { verbosity == .verbose }

  /// The progress display that is asked for.
  func makeProgressDisplay() -> ProgressDisplay? {
    guard !isQuiet && !hidesProgress else { return nil }
    return ProgressDisplay(terminal: Terminal(descriptor: 2), stream: .standardError)
  }
}
