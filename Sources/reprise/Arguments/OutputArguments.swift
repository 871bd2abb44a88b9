internal import ArgumentParser

/// The options for the amount and the format of the printed output.
struct OutputArguments: ParsableArguments {
  enum Verbosity: String, EnumerableFlag {
    case quiet
    case verbose

    static func help(for value: Verbosity) -> ArgumentHelp? {
      switch value {
      case .quiet: "Print only errors."
      case .verbose: "Also print the settings of the run and further details."
      }
    }
  }

  @Flag(exclusivity: .exclusive)
  var verbosity: Verbosity?

  @Flag(help: "Print the summary as one JSON object.")
  var json = false

  @Flag(name: .customLong("no-progress"), help: "Do not show progress on standard error.")
  var hidesProgress = false

  func validate() throws {
    if json && verbosity == .quiet {
      throw ValidationError(
        "--json and --quiet cannot be used together; --no-progress keeps standard error empty.")
    }
  }

  var isQuiet: Bool { verbosity == .quiet }
  var isVerbose: Bool { verbosity == .verbose }

  /// Creates the progress display; nil if it was turned off.
  func makeProgressDisplay() -> ProgressDisplay? {
    guard !isQuiet && !hidesProgress else { return nil }
    return ProgressDisplay(terminal: Terminal(descriptor: 2), stream: .standardError)
  }
}
