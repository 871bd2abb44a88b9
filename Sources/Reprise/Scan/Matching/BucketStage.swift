internal import RepriseCore
internal import RepriseCorpus
internal import Synchronization

/// Groups documents by their band keys, band by band and range by range, into a temporary file.
struct BucketStage {
  let groups: KeyGroups
  /// The documents that take part: readable, with tokens, repeating none exactly.
  let participants: DocumentSet
  let bandCount: Int

  /// Runs the stage.
  ///
  /// - Parameter folder: where the temporary file is made.
  /// - Returns: the buckets.
  /// - Throws: `cannotOpen` or `cannotWrite`.
  func run(in folder: FilePath) throws(CorpusError) -> StoredBuckets {
    let file = try SpoolFile(in: folder)
    let ranges = groups.ranges(of: participants.count)
    let places = Mutex([StoredBuckets.Place?](repeating: nil, count: bandCount * ranges.count))
    let failure = Mutex<CorpusError?>(nil)
    Workers.forEach(bandCount * ranges.count, threads: groups.threads) { unit in
      let (band, range) = unit.quotientAndRemainder(dividingBy: ranges.count)
      let buckets = groups.buckets(by: .band(band), in: ranges[range], participants)
      do throws(CorpusError) {
        let place = try StoredBuckets.Place(
          offsets: file.append(buckets.offsets), members: file.append(buckets.members))
        places.withLock { $0[unit] = place }
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
    }
    if let failure = failure.withLock({ $0 }) { throw failure }
    return StoredBuckets(file: file, places: places.withLock { $0.compactMap(\.self) })
  }
}

/// The buckets of all bands, in a temporary file.
struct StoredBuckets: Sendable {
  /// Where the two arrays of ``Buckets`` are in the file.
  struct Place: Sendable {
    var offsets: Range<UInt64>
    var members: Range<UInt64>
  }

  fileprivate let file: SpoolFile
  fileprivate let places: [Place]

  /// The number of pieces: the bands, each as its ranges of keys.
  var count: Int { places.count }

  /// The buckets of a piece.
  ///
  /// - Throws: `cannotRead`.
  func buckets(_ piece: Int) throws(CorpusError) -> Buckets {
    Buckets(
      offsets: try file.numbers(at: places[piece].offsets),
      members: try file.numbers(at: places[piece].members))
  }
}
