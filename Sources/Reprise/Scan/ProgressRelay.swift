internal import RepriseFormats
internal import Synchronization

/// Collects the progress of a scan and reports it.
final class ProgressRelay: Sendable {
  private let state: Mutex<ScanProgress>
  private let onProgress: @Sendable (ScanProgress) -> Void

  init(_ inputs: [InputFile], _ onProgress: @escaping @Sendable (ScanProgress) -> Void) {
    // The decoded size of a compressed file or a pipe is unknown until it is read.
    let isKnown = inputs.allSatisfy { $0.compression == .none && !$0.isPipe }
    let total = inputs.reduce(0) { $0 + Int(clamping: $1.byteCount) }
    state = Mutex(
      ScanProgress(phase: .reading, completed: 0, total: isKnown ? total : nil, documents: 0))
    self.onProgress = onProgress
  }

  /// Reports how much of the corpus has been read so far.
  func read(bytes: Int, documents: Int) {
    tell { progress in
      progress.completed = max(progress.completed, bytes)
      progress.documents = max(progress.documents, documents)
    }
  }

  /// Begins a phase that counts documents.
  func begin(_ phase: ScanProgress.Phase, total: Int) {
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

  private func tell(_ change: (inout ScanProgress) -> Void) {
    let now = state.withLock { progress in
      change(&progress)
      return progress
    }
    onProgress(now)
  }
}
