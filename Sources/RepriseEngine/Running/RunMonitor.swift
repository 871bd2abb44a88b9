internal import Synchronization

/// Reports the progress of a run, measures its stages, and ends it when it is cancelled.
package final class RunMonitor: Sendable {
  package let cancellation: Cancellation

  private struct State {
    var progress = RunProgress(phase: .reading, completed: 0, total: nil, documents: 0)
    var clock = StageClock()
  }

  private let state = Mutex(State())
  private let onProgress: @Sendable (RunProgress) -> Void

  /// Creates the monitor of a run.
  package init(
    _ cancellation: Cancellation, _ onProgress: @escaping @Sendable (RunProgress) -> Void
  ) {
    self.cancellation = cancellation
    self.onProgress = onProgress
  }

  /// Begins to read inputs.
  ///
  /// - Parameters:
  ///   - total: their size in bytes; nil if it is unknown.
  ///   - diskSpace: the disk space that the run needs.
  package func beginReading(total: Int?, _ diskSpace: RunProgress.DiskSpace? = nil) {
    tell {
      $0.total = total
    } with: {
      $0.diskSpace = diskSpace
    }
  }

  /// Reports how much of the corpus has been read so far.
  package func read(bytes: Int, documents: Int) {
    tell { progress in
      progress.completed = max(progress.completed, bytes)
      progress.documents = max(progress.documents ?? 0, documents)
    }
  }

  /// Begins a phase that counts documents.
  package func begin(_ phase: RunProgress.Phase, total: Int) {
    tell { progress in
      progress.phase = phase
      progress.completed = 0
      progress.total = total
    }
  }

  /// Reports the number of documents completed in this phase.
  package func complete(documents: Int) {
    tell { $0.completed = max($0.completed, documents) }
  }

  /// Ends a stage, whose time is the time since the stage before ended.
  package func endStage(_ name: String) { state.withLock { $0.clock.end(name) } }

  /// The stages that have ended.
  package var stages: [StageTime] { state.withLock { $0.clock.stages } }

  /// Ends a run that was cancelled.
  ///
  /// - Throws: `stopped`.
  package func check() throws(EngineError) { try cancellation.checkRun() }

  private func tell(
    _ change: (inout RunProgress) -> Void, with: (inout RunProgress) -> Void = { _ in }
  ) {
    var now = state.withLock { state in
      change(&state.progress)
      return state.progress
    }
    with(&now)
    onProgress(now)
  }
}
