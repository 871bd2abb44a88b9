internal import RepriseCore
internal import Synchronization

/// Groups documents by a 64-bit key that the chunks store.
///
/// It processes one range of keys at a time, so that a range fits in memory.
package struct DocumentGrouper: Sendable {
  /// The location of the keys.
  enum Key: Sendable {
    /// At a byte offset in the descriptors.
    case descriptor(offset: Int)
    /// Among the keys of a band.
    case band(Int)
  }

  let store: SketchStore
  let threads: Int
  let cancellation: Cancellation
  /// The memory limit of all threads together, in bytes.
  let memory: Int

  /// Divides the keys into ranges that all threads can group at the same time.
  ///
  /// - Parameters:
  ///   - documentCount: the number of participating documents.
  ///   - count: the minimum number of ranges.
  /// - Returns: the ranges.
  func ranges(of documentCount: Int, atLeast count: Int = 1) -> KeyRanges {
    let needed = documentCount * KeyGrouping.byteCountPerKey * threads
    return KeyRanges(
      keyCount: documentCount, rangeCount: max(count, (needed + memory - 1) / memory))
  }

  /// With at least this number of documents, one range per thread is faster, although every range
  /// reads all keys.
  private static let sharedCount = 1 << 15

  /// Returns the buckets of one range of keys; none if the run was cancelled, or if the keys changed
  /// while they were read, which the store's check reports.
  ///
  /// - Complexity: O(documents).
  func buckets(
    by key: Key, in range: KeyRanges.Range, _ participants: DocumentSet, _ keyReader: KeyReader
  ) -> Buckets {
    var grouping = KeyGrouping(range)
    keyReader.readAll(key) { keys, stride, firstDocument in
      grouping.count(
        keys, stride: stride, firstDocument: firstDocument, participants: participants)
    }
    if grouping.hasCrowdedParts() { findCommonKeys(key, participants, keyReader, &grouping) }
    grouping.endCounting()
    keyReader.readAll(key) { keys, stride, firstDocument in
      grouping.place(
        keys, stride: stride, firstDocument: firstDocument, participants: participants)
    }
    if grouping.isComplete { return grouping.buckets() }
    if !cancellation.isCancelled { store.reportChange() }
    return Buckets(offsets: [0], members: [])
  }

  private func findCommonKeys(
    _ key: Key, _ participants: DocumentSet, _ keyReader: KeyReader, _ grouping: inout KeyGrouping
  ) {
    keyReader.readAll(key) { keys, stride, firstDocument in
      grouping.sample(
        keys, stride: stride, firstDocument: firstDocument, participants: participants)
    }
    grouping.endSampling()
    keyReader.readAll(key) { keys, stride, firstDocument in
      grouping.countCommon(
        keys, stride: stride, firstDocument: firstDocument, participants: participants)
    }
  }

  /// Groups all documents that take part and calls `body` with the groups of each range, one after
  /// another in no order.
  func forEachRange(
    by key: Key, _ participants: DocumentSet, _ body: @escaping @Sendable (Buckets) -> Void
  ) {
    let count = participants.count
    let ranges = ranges(of: count, atLeast: count < Self.sharedCount ? 1 : threads)
    let turn = Mutex(())
    Workers.forEach(ranges.count, threads: threads, cancellation) { index in
      let buckets = buckets(
        by: key, in: ranges[index], participants, KeyReader(of: store, cancellation))
      turn.withLock { _ in body(buckets) }
    }
  }
}
