internal import RepriseFormats
internal import Synchronization

/// Reports the progress of a run, measures its stages, and ends it when it is cancelled.
final class RunMonitor: Sendable {
  let cancellation: Cancellation

  private struct State {
    var progress = RunProgress(phase: .reading, completed: 0, total: nil, documents: 0)
    var clock = StageClock()
  }

  private let state = Mutex(State())
  private let onProgress: @Sendable (RunProgress) -> Void

  init(_ cancellation: Cancellation, _ onProgress: @escaping @Sendable (RunProgress) -> Void) {
    self.cancellation = cancellation
    self.onProgress = onProgress
  }

  /// Begins to read inputs.
  func beginReading(_ inputs: [InputFile], _ diskSpace: RunProgress.DiskSpace? = nil) {
    // The decoded size of a compressed file or a pipe is unknown until it is read.
    let isKnown = inputs.allSatisfy { $0.compression == .none && !$0.isPipe }
    let total = inputs.reduce(0) { $0 + Int(clamping: $1.readByteCount) }
    tell {
      $0.total = isKnown ? total : nil
    } with: {
      $0.diskSpace = diskSpace
    }
  }

  /// Reports how much of the corpus has been read so far.
  func read(bytes: Int, documents: Int) {
    tell { progress in
      progress.completed = max(progress.completed, bytes)
      progress.documents = max(progress.documents ?? 0, documents)
    }
  }

  /// Begins a phase that counts documents.
  func begin(_ phase: RunProgress.Phase, total: Int) {
    tell { progress in
      progress.phase = phase
      progress.completed = 0
      progress.total = total
    }
  }

  /// Reports the number of documents completed in this phase.
  func complete(documents: Int) {
    tell { $0.completed = max($0.completed, documents) }
  }

  /// Ends a stage, whose time is the time since the stage before ended.
  func endStage(_ name: String) { state.withLock { $0.clock.end(name) } }

  /// The stages that have ended.
  var stages: [ScanSummary.Stage] { state.withLock { $0.clock.stages } }

  /// Ends a run that was cancelled.
  ///
  /// - Throws: `stopped`.
  func check() throws(CorpusError) { try cancellation.check() }

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
