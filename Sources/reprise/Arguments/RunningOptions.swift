internal import ArgumentParser
internal import Reprise

/// How a run uses the machine.
struct RunningOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Threads that work at once. (default: the cores that may be used)", valueName: "count"))
  var threads: Int?

  @Flag(help: "Go on from where the same command was stopped.")
  var resume = false
}

/// How a scan uses the machine's memory and disk, and ends.
struct ScanRunningOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Memory that the run may take, such as 2G or 512M. (default: half of the machine's)",
      valueName: "size"),
    transform: ByteCountArgument.parse)
  var memory: Int?

  @Option(
    help: ArgumentHelp(
      """
      Folder for what the run may go on from and for temporary files. (default: a hidden one beside \
      the results)
      """, valueName: "folder"),
    completion: .directory)
  var scratch: FilePath?

  @Flag(help: "Stop at the first thing that cannot be read, with exit status 2 and no results.")
  var strict = false

  @Flag(help: "End with exit status 1 if a document is dropped or trimmed.")
  var failOnDuplicates = false

  func validate() throws {
    if scratch == "" { throw ValidationError("--scratch needs the name of a folder.") }
  }
}
