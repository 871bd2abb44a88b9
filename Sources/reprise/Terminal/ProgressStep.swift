internal import Reprise

/// The progress of a run, as the display needs it.
struct ProgressStep: Hashable, Sendable {
  /// The unit in which progress is counted.
  enum Unit: Sendable {
    case bytes
    case documents
  }

  /// The name of the phase, for display.
  var phase: String
  /// Units done in this phase.
  var completed: Int
  /// Units to do in this phase, if that is known.
  var total: Int?
  /// The unit of both.
  var unit: Unit
  /// Documents read so far, if they are counted.
  var documents: Int?
}

extension ProgressStep {
  /// A scan's progress.
  init(_ progress: ScanProgress) {
    self.init(
      phase: progress.phase.rawValue, completed: progress.completed, total: progress.total,
      unit: progress.phase == .reading ? .bytes : .documents, documents: progress.documents)
  }
}
