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
      groups.represent(buckets, comesFirst: comesFirst) { document in
        let descriptor = reader.descriptor(Int(document))
        return ExactGroups.Identity(
          contentHash: descriptor.contentHash, textHash: descriptor.textHash)
      }
    }
  }

  /// The groups, after all buckets were added.
  var all: ExactGroups { groups.withLock { $0 } }
}
