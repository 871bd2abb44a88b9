internal import RepriseCore
internal import Synchronization

/// Exact groups to which several threads add.
final class SharedGroups: Sendable {
  private let groups: Mutex<ExactGroups>

  init(count: Int) { groups = Mutex(ExactGroups(count: count)) }

  /// Represents the documents of groups whose content hashes agree in their low halves.
  func represent(
    _ buckets: Buckets, _ store: SketchStore, _ comesFirst: ((UInt32, UInt32) -> Bool)?
  ) {
    let reader = SketchReader(store)
    groups.withLock { groups in
      groups.represent(buckets, comesFirst: comesFirst) { reader.descriptor(Int($0)).contentHash }
    }
  }

  /// Of each document the one that stands for its group.
  var representatives: [UInt32] { groups.withLock { $0.representatives } }
}
