internal import Reprise

/// An error that ends the command.
struct CommandError: Error, CustomStringConvertible {
  /// A whole sentence.
  let description: String
  /// Advice to the user; nil if there is none.
  let hint: String?

  init(_ description: String, hint: String? = nil) {
    self.description = description
    self.hint = hint
  }

  /// Creates an error from an error of the library, with a hint if there is one for its class.
  ///
  /// - Parameters:
  ///   - error: the error.
  ///   - goesOn: true if another run can resume this one.
  init(_ error: RepriseError, goesOn: Bool = false) {
    var hint: String?
    if case .corpus(let corpusError) = error.reason {
      hint = Self.hints[corpusError.reason.name]
      if goesOn, let remedy = Self.remedies[corpusError.reason.name] {
        hint = remedy + ", then run the same command with --resume to continue"
      }
    }
    let text = error.description
    self.init(text.hasSuffix(".") ? text : text + ".", hint: hint)
  }

  // The steps to take before a stopped run can continue.
  private static let remedies = [
    CorpusError.Reason.cannotWrite.name: "free disk space",
    CorpusError.Reason.tooLittleMemory.name: "raise --memory, or lower --threads",
  ]

  // Hints for classes of errors, where the message itself has no advice.
  private static let hints = [
    CorpusError.Reason.invalidPattern.name:
      "put patterns in single quotes, so that the shell does not expand them",
    CorpusError.Reason.encoding.name: "iconv --list prints the known names",
    CorpusError.Reason.changed.name:
      "scan again: results are valid only for the files as they were scanned",
    CorpusError.Reason.invalidSignatures.name:
      "reprise sign writes signature files",
    CorpusError.Reason.otherParameters.name:
      "reprise sign and reprise scan need the same options",
    CorpusError.Reason.otherRun.name: "leave out --resume to start again",
    CorpusError.Reason.noRoom.name:
      "choose a folder on another disk with --scratch, or use --find documents, which needs less; "
      + "--no-disk-check starts the run anyway",
    CorpusError.Reason.inUse.name:
      "wait for the other run to finish, or choose another --scratch or --output",
    CorpusError.Reason.nameCollision.name:
      "scan a folder that contains both, scan them separately, or rename one",
  ]
}

extension MessageStream {
  /// Reports failures that happened after the output was published.
  func warn(_ warnings: [String]) {
    for warning in warnings { line("reprise: warning: " + SafeText.message(warning)) }
  }
}

/// The exit status of the command.
enum ExitStatus: Int32, Sendable {
  /// Success.
  case done = 0
  /// Finished, but some input was skipped or replaced.
  case incomplete = 1
  /// Failed.
  case failed = 2
  /// Finished, and something repeats that `--fail-on` names.
  case found = 3
}

extension CommandError {
  /// Creates the error of a command that reads results, with a hint if there are none.
  static func reading(_ error: RepriseError, by command: String) -> CommandError {
    if case .corpus(let reason) = error.reason, reason.reason == .changed,
      ["report", "show"].contains(command)
    {
      return CommandError(
        error.description + (error.description.hasSuffix(".") ? "" : "."),
        hint: "scan again, or read the files as they are now with --allow-changed")
    }
    guard case .corpus(let reason) = error.reason, reason.reason == .cannotOpen,
      reason.path?.lastComponent == "summary.json"
    else { return CommandError(error) }
    return CommandError(
      error.description, hint: "reprise \(command) needs a results folder written by reprise scan")
  }
}
