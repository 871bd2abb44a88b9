internal import ArgumentParser

/// The options for the amount and the format of the printed output.
struct OutputArguments: ParsableArguments {
  enum Verbosity: String, EnumerableFlag {
    case quiet
    case verbose

    static func help(for value: Verbosity) -> ArgumentHelp? {
      switch value {
      case .quiet: "Print only errors, and with --json the object."
      case .verbose: "Also print the settings of the run and further details."
      }
    }
  }

  @Flag(exclusivity: .exclusive)
  var verbosity: Verbosity?

  @Flag(help: "Print the summary as one JSON object, that of summary.json for a scan.")
  var json = false

  @Flag(name: .customLong("no-progress"), help: "Do not show progress on standard error.")
  var hidesProgress = false

  var isQuiet: Bool { verbosity == .quiet }
  var isVerbose: Bool { verbosity == .verbose }

  /// Creates the progress display; nil if it was turned off.
  func makeProgressDisplay() -> ProgressDisplay? {
    guard !isQuiet && !hidesProgress else { return nil }
    return ProgressDisplay(terminal: Terminal(descriptor: 2), stream: .standardError)
  }
}
