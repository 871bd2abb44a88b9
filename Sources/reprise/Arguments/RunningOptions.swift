internal import ArgumentParser
internal import Reprise

/// How a scan runs and ends.
struct RunningOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Threads that work at once. (default: the cores that may be used)", valueName: "count"))
  var threads: Int?

  @Flag(help: "Stop at the first thing that cannot be read, with exit status 2 and no results.")
  var strict = false

  @Flag(help: "End with exit status 1 if there are duplicates.")
  var failOnDuplicates = false
}
