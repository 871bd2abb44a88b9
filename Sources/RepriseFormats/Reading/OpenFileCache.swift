import Synchronization

/// Keeps the most recently used plain files open, up to a limit.
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

  /// The maximum number of cached open files.
  ///
  /// A file that a thread is still reading is closed after that.
  static let limit = 64

  /// The time between checks for changes of a file.
  ///
  /// One check costs as much as reading a record.
  private let checkInterval: Duration

  init(inputs: [InputFile], checkInterval: Duration) {
    self.inputs = inputs
    self.checkInterval = checkInterval
  }

  /// The number of reads from a file before the cache must be asked for it again.
  var readsBetweenChecks: Int { checkInterval == .zero ? 0 : 64 }

  var openCount: Int { state.withLock { $0.entries.count } }

  /// Returns an open file, which was unchanged when it was last checked.
  ///
  /// - Throws: `changed` or `cannotOpen`.
  /// - Complexity: O(1) for an open file, O(limit) for another file.
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
