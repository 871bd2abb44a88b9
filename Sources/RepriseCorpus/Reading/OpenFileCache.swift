import Synchronization

/// Keeps the plain files used last open, a bounded number of them.
final class OpenFileCache: Sendable {
  private let inputs: [InputFile]
  private let state = Mutex(State())

  private struct State {
    var entries: [Int: Entry] = [:]
    var clock: UInt64 = 0
  }

  private struct Entry {
    var file: SharedFile
    var lastUse: UInt64
    var lastCheck: ContinuousClock.Instant
  }

  /// Files open at the same time; a file that a thread still reads is closed when it is done.
  static let limit = 64

  /// Asking the system about a file costs as much as reading a record of it.
  private let checkInterval: Duration

  init(inputs: [InputFile], checkInterval: Duration) {
    self.inputs = inputs
    self.checkInterval = checkInterval
  }

  /// How often a file may be read from before this is asked for it again.
  var readsBetweenChecks: Int { checkInterval == .zero ? 0 : 64 }

  var openCount: Int { state.withLock { $0.entries.count } }

  /// An open file, that was still the one that was found when it was checked last.
  ///
  /// - Throws: `changed` or `cannotOpen`.
  /// - Complexity: O(1) for an open file, O(limit) for another.
  func file(ofInput index: Int) throws(CorpusError) -> SharedFile {
    try state.withLock { state throws(CorpusError) in
      state.clock += 1
      let now = ContinuousClock.now
      if var entry = state.entries[index] {
        entry.lastUse = state.clock
        if now - entry.lastCheck >= checkInterval {
          try inputs[index].check(entry.file.file)
          entry.lastCheck = now
        }
        state.entries[index] = entry
        return entry.file
      }
      if state.entries.count >= Self.limit,
        let oldest = state.entries.min(by: { $0.value.lastUse < $1.value.lastUse })
      {
        state.entries[oldest.key] = nil
      }
      let file = try SharedFile(inputs[index])
      state.entries[index] = Entry(file: file, lastUse: state.clock, lastCheck: now)
      return file
    }
  }
}
