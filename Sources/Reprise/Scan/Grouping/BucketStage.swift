internal import RepriseCore
internal import RepriseCorpus
internal import Synchronization

/// Groups documents by their band keys, band by band and range by range.
struct BucketStage {
  let grouper: DocumentGrouper
  /// The documents that take part: readable, with tokens, repeating none exactly.
  let participants: DocumentSet
  let bandCount: Int
  /// What the buckets may take of the memory; the others are in a temporary file.
  let memory: Int

  private struct State {
    var pieces: [StoredBuckets.Piece?]
    var file: TemporaryFile?
    var residentByteCount = 0
  }

  /// Runs the stage.
  ///
  /// - Parameter folder: where a temporary file is made if one is needed.
  /// - Returns: the buckets.
  /// - Throws: `cannotOpen` or `cannotWrite`.
  func run(in folder: BytePath) throws(CorpusError) -> StoredBuckets {
    let ranges = grouper.ranges(of: participants.count)
    let count = bandCount * ranges.count
    let state = Mutex(State(pieces: Array(repeating: nil, count: count)))
    let failure = Mutex<CorpusError?>(nil)
    Workers.forEach(count, threads: grouper.threads) { _ in
      KeyReader(of: grouper.store)
    } body: { unit, keyReader in
      let (band, range) = unit.quotientAndRemainder(dividingBy: ranges.count)
      let buckets = grouper.buckets(by: .band(band), in: ranges[range], participants, keyReader)
      do throws(CorpusError) {
        if let file = try place(buckets, unit, state, folder) {
          let stored = StoredBuckets.Piece.stored(
            file, offsets: try file.append(buckets.offsets),
            members: try file.append(buckets.members))
          state.withLock { $0.pieces[unit] = stored }
        }
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
    }
    if let failure = failure.withLock({ $0 }) { throw failure }
    return StoredBuckets(pieces: state.withLock { $0.pieces.compactMap(\.self) })
  }

  /// Keeps buckets in memory, or gives the file that they go to.
  private func place(
    _ buckets: Buckets, _ unit: Int, _ state: borrowing Mutex<State>, _ folder: BytePath
  ) throws(CorpusError) -> TemporaryFile? {
    let byteCount = 4 * (buckets.offsets.count + buckets.members.count)
    return try state.withLock { state throws(CorpusError) in
      if state.residentByteCount + byteCount <= memory {
        state.residentByteCount += byteCount
        state.pieces[unit] = .resident(buckets)
        return nil
      }
      if state.file == nil { state.file = try TemporaryFile(in: folder) }
      return state.file
    }
  }
}

/// The buckets of all bands, in memory or in a temporary file.
struct StoredBuckets: Sendable {
  /// The buckets of a band, or of a range of its keys.
  enum Piece: Sendable {
    case resident(Buckets)
    /// Where the two arrays of ``Buckets`` are in a file.
    case stored(TemporaryFile, offsets: Range<UInt64>, members: Range<UInt64>)
  }

  fileprivate let pieces: [Piece]

  /// The number of pieces.
  var count: Int { pieces.count }

  /// The buckets of a piece.
  ///
  /// - Throws: `cannotRead`.
  func buckets(_ piece: Int) throws(CorpusError) -> Buckets {
    switch pieces[piece] {
    case .resident(let buckets): buckets
    case .stored(let file, let offsets, let members):
      Buckets(offsets: try file.numbers(at: offsets), members: try file.numbers(at: members))
    }
  }
}
