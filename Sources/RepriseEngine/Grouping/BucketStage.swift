internal import RepriseCore
internal import Synchronization

/// Groups documents into buckets by their band keys, one band and key range at a time.
struct BucketStage {
  let grouper: DocumentGrouper
  /// The participating documents: readable, with tokens, and not exact duplicates of another.
  let participants: DocumentSet
  let bandCount: Int
  /// The memory limit for buckets in bytes; others are written to a temporary file.
  let memory: Int

  private struct State {
    var pieces: [StoredBuckets.Piece?]
    var file: (any SpillFile)?
    var residentByteCount = 0
  }

  /// Runs the stage.
  ///
  /// - Parameter spill: where buckets go that do not fit in the memory.
  /// - Returns: the buckets.
  /// - Throws: `cannotOpen`, `cannotWrite`, `tooLittleMemory` or `stopped`.
  func run(_ spill: SpillSpace) throws(EngineError) -> StoredBuckets {
    let ranges = grouper.ranges(of: participants.count)
    let count = bandCount * ranges.count
    let state = Mutex(State(pieces: Array(repeating: nil, count: count)))
    let failure = Mutex<EngineError?>(nil)
    Workers.forEach(count, threads: grouper.threads, grouper.cancellation) { _ in
      KeyReader(of: grouper.store, grouper.cancellation)
    } body: { unit, keyReader in
      let (band, range) = unit.quotientAndRemainder(dividingBy: ranges.count)
      let buckets = grouper.buckets(by: .band(band), in: ranges[range], participants, keyReader)
      do throws(EngineError) {
        if let file = try place(buckets, unit, state, spill) {
          let stored = StoredBuckets.Piece.stored(
            file, offsets: try file.write(buckets.offsets),
            members: try file.write(buckets.members))
          state.withLock { $0.pieces[unit] = stored }
        }
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
    }
    if let failure = failure.withLock({ $0 }) { throw failure }
    try grouper.cancellation.checkRun()
    return StoredBuckets(pieces: state.withLock { $0.pieces.compactMap(\.self) })
  }

  /// Stores buckets in memory, or returns the file in which to store them.
  private func place(
    _ buckets: Buckets, _ unit: Int, _ state: borrowing Mutex<State>, _ spill: SpillSpace
  ) throws(EngineError) -> (any SpillFile)? {
    let byteCount = 4 * (buckets.offsets.count + buckets.members.count)
    return try state.withLock { state throws(EngineError) in
      if state.residentByteCount + byteCount <= memory {
        state.residentByteCount += byteCount
        state.pieces[unit] = .resident(buckets)
        return nil
      }
      if state.file == nil { state.file = try spill.makeFile() }
      return state.file
    }
  }
}

/// The buckets of all bands, in memory or in a temporary file.
struct StoredBuckets: Sendable {
  /// The buckets of a band, or of one key range of a band.
  enum Piece: Sendable {
    case resident(Buckets)
    /// The ranges of the two arrays of ``Buckets`` in a file.
    case stored(any SpillFile, offsets: Range<UInt64>, members: Range<UInt64>)
  }

  fileprivate let pieces: [Piece]

  /// The number of pieces.
  var count: Int { pieces.count }

  /// Returns the buckets of a piece.
  ///
  /// - Throws: `cannotRead`.
  func buckets(_ piece: Int) throws(EngineError) -> Buckets {
    switch pieces[piece] {
    case .resident(let buckets): buckets
    case .stored(let file, let offsets, let members):
      Buckets(offsets: try file.read(offsets), members: try file.read(members))
    }
  }
}
