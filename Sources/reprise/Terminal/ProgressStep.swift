internal import Reprise

/// The progress of a run in the form that the display needs.
struct ProgressStep: Hashable, Sendable {
  /// The unit of progress.
  enum Unit: Sendable {
    case bytes
    case documents
  }

  /// The name of the phase for display.
  var phase: String
  /// The completed amount of this phase.
  var completed: Int
  /// The total amount of this phase, if it is known.
  var total: Int?
  /// The unit of both amounts.
  var unit: Unit
  /// The number of documents read so far, if they are counted.
  var documents: Int?
}

extension ProgressStep {
  /// Creates a step from a run's progress.
  init(_ progress: RunProgress) {
    self.init(
      phase: progress.phase.rawValue, completed: progress.completed, total: progress.total,
      unit: [.reading, .cleaning].contains(progress.phase) ? .bytes : .documents,
      documents: progress.documents)
  }
}
