internal import RepriseCore
internal import Synchronization

/// Exact groups that several threads add to.
final class SharedGroups: Sendable {
  private let groups: Mutex<ExactGroups>

  init(count: Int) { groups = Mutex(ExactGroups(count: count)) }

  /// Adds the exact groups of buckets whose documents have equal low halves of the content hash.
  func represent(
    _ buckets: Buckets, _ store: SketchStore, _ comesFirst: ((UInt32, UInt32) -> Bool)?
  ) {
    let reader = SketchReader(store)
    groups.withLock { groups in
      groups.represent(buckets, comesFirst: comesFirst) { reader.descriptor(Int($0)).contentHash }
    }
  }

  /// For each document, the one that represents its group.
  var representatives: [UInt32] { groups.withLock { $0.representatives } }
}
