internal import Reprise

/// How far a run is, as a display needs to know it.
struct ProgressStep: Hashable, Sendable {
  /// What is counted as done.
  enum Unit: Sendable {
    case bytes
    case documents
  }

  /// What is being done.
  var phase: String
  /// Units done in this phase.
  var completed: Int
  /// Units to do in this phase, if that is known.
  var total: Int?
  /// What the two count.
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
