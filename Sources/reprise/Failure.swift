internal import Reprise

/// Why the command could not do what it was asked for.
struct Failure: Error, CustomStringConvertible {
  /// A whole sentence.
  let description: String
  /// What may help.
  let hint: String?

  init(_ description: String, hint: String? = nil) {
    self.description = description
    self.hint = hint
  }

  /// An error of the library, with what may help.
  ///
  /// - Parameters:
  ///   - error: the error.
  ///   - goesOn: true if another run can go on from what was done.
  init(_ error: RepriseError, goesOn: Bool = false) {
    var hint: String?
    if case .corpus(let corpusError) = error.reason {
      hint = Self.hints[corpusError.reason.name]
      if goesOn, let remedy = Self.remedies[corpusError.reason.name] {
        hint = remedy + ", and the same command with --resume goes on from what was done"
      }
    }
    let text = error.description
    self.init(text.hasSuffix(".") ? text : text + ".", hint: hint)
  }

  // What lets a stopped run go on.
  private static let remedies = [
    CorpusError.Reason.cannotWrite.name: "make room on the disk",
    CorpusError.Reason.tooLittleMemory.name: "give more --memory",
  ]

  // What a user can do about a class of failure, where that is more than the sentence says.
  private static let hints = [
    CorpusError.Reason.invalidPattern.name:
      "patterns stand in single quotes, so that the shell leaves them alone",
    CorpusError.Reason.changed.name:
      "scan again: results are only good for the files that were scanned",
    CorpusError.Reason.invalidSignatures.name:
      "reprise sign makes signature files",
    CorpusError.Reason.otherParameters.name:
      "reprise sign and reprise scan need the same options",
    CorpusError.Reason.otherRun.name: "without --resume the run begins anew",
    CorpusError.Reason.noRoom.name:
      "--scratch names a folder on another disk; --find documents needs less",
    CorpusError.Reason.inUse.name:
      "wait until it is done, or give another --scratch or --output",
    CorpusError.Reason.nameCollision.name:
      "scan the two in runs of their own, or rename one",
  ]
}

extension MessageStream {
  /// Says what failed after the output was put in its place.
  func warn(_ warnings: [String]) {
    for warning in warnings { line("reprise: warning: " + SafeText.message(warning)) }
  }
}

/// What the command tells the shell.
enum ExitStatus: Int32, Sendable {
  /// Everything was done.
  case done = 0
  /// Done, but something was skipped, or there are duplicates and these count as a failure.
  case incomplete = 1
  /// It could not run.
  case failed = 2
}
