internal import ArgumentParser
internal import Reprise

/// How a scan runs and ends.
struct RunningOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Threads that work at once. (default: the cores that may be used)", valueName: "count"))
  var threads: Int?

  @Flag(help: "End with exit status 1 if there are duplicates.")
  var failOnDuplicates = false
}
