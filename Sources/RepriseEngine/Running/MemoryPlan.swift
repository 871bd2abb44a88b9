internal import RepriseCore
internal import RepriseSystem

/// Divides a run's memory limit among the stages after sketching.
///
/// All sizes are in bytes.
package struct MemoryPlan: Sendable {
  /// True if descriptors and labels are resident.
  let hasResidentSections: Bool
  /// The limit for grouping, and for components that are verified together.
  package let work: Int
  /// What the largest component may take, after grouping has ended.
  package let component: Int
  /// What the passages of the corpus may take: their links, where they are, and what is cut.
  package let passages: Int
  /// What buckets may take that are kept in memory.
  package let buckets: Int
  /// The limit for the shingle sets of all verifiers together.
  package let sets: Int
  /// The limit for the texts in which passages are searched.
  package let texts: Int

  /// What descriptors and labels take in memory, where a run with more memory keeps them.
  private let sectionByteCount: Int
  /// What the run was given.
  private let memory: Int

  /// The program itself, and what every thread has.
  package static let processByteCount = 40 << 20
  static let threadByteCount = 12 << 20
  /// The memory per document from the first stage after sketching to the last: the document it
  /// repeats, its component, cluster, drop, similarity, and a few bits.
  static let stateByteCount = 32
  /// The minimum memory for grouping.
  private static let leastWork = 8 << 20

  /// Shares that tests fix, in bytes.
  struct Forced {
    /// The memory for grouping; if set, no section is resident.
    var work: Int?
    var passages: Int?
  }

  /// Divides the memory.
  ///
  /// - Parameters:
  ///   - limit: the memory limit in bytes; nil means half of the machine's memory.
  ///   - threads: the number of threads.
  ///   - orderKeyCount: the numbers of the keep order that each document has.
  ///   - store: the sketches.
  ///   - used: what the sketches take, if they are in memory.
  ///   - forced: shares that are fixed.
  /// - Throws: `tooLittleMemory` if the fixed memory and the memory per document exceed the limit.
  init(
    limit: Int?, threads: Int, orderKeyCount: Int, _ store: SketchStore, used: Int = 0,
    forced: Forced
  ) throws(EngineError) {
    memory = limit ?? Self.defaultMemory
    let perDocument = Self.stateByteCount + 8 * orderKeyCount
    let fixed =
      Self.processByteCount + threads * Self.threadByteCount + used
      + perDocument * store.documentCount + 160 * store.chunks.count + 24 * store.slices.count
    sets = min(256 << 20, memory / 8)
    texts = min(64 << 20, memory / 8)
    let rest = memory - fixed - sets
    guard rest >= Self.leastWork else {
      let least = Self.mebibytes(of: Self.limit(fixed: fixed))
      throw EngineError.tooLittleMemory(
        "not enough memory: \(store.documentCount) documents need at least \(least) MiB, and "
          + "the limit is \(memory >> 20) MiB")
    }
    if let forcedWork = forced.work {
      (component, passages) = (.max, forced.passages ?? .max)
      (hasResidentSections, work, buckets) = (false, forcedWork, 0)
      sectionByteCount = 0
      return
    }
    let sections = ResidentSections.byteCount(store.chunks)
    sectionByteCount = sections
    hasResidentSections = sections <= rest / 2
    let left = hasResidentSections ? rest - sections : rest
    buckets = left / 8
    work = min(1 << 32, left - buckets)
    component = left
    // The shingle sets are gone by then.
    passages = forced.passages ?? (left + sets - texts)
  }

  /// The minimum memory limit of a run with a number of threads, whatever its documents, in bytes.
  package static func least(threads: Int) -> Int {
    limit(fixed: processByteCount + threads * threadByteCount)
  }

  /// The least limit that leaves enough for grouping: an eighth of the limit is for shingle sets.
  private static func limit(fixed: Int) -> Int { (8 * (fixed + leastWork) + 6) / 7 }

  /// A size in MiB, rounded up.
  package static func mebibytes(of byteCount: Int) -> Int { (byteCount + (1 << 20) - 1) >> 20 }

  /// Refuses what takes more than its share.
  ///
  /// - Parameters:
  ///   - byteCount: what it takes.
  ///   - limit: its share.
  ///   - what: the beginning of the sentence, up to what needs memory.
  /// - Throws: `tooLittleMemory`, which says what the whole run needs.
  package func check(_ byteCount: Int, atMost limit: Int, _ what: String) throws(EngineError) {
    guard byteCount > limit else { return }
    // An eighth of what is added goes to sets or texts.
    let added = byteCount - limit + (hasResidentSections ? 0 : sectionByteCount)
    let needed = memory + added / 7 * 8 + (1 << 20)
    throw EngineError.tooLittleMemory(
      "\(what) that needs at least \(needed >> 20) MiB of memory, and \(memory >> 20) MiB were given"
    )
  }

  /// Half of the machine's memory, or 1 GiB if that is unknown.
  package static var defaultMemory: Int {
    let pages = sysconf(Int32(_SC_PHYS_PAGES))
    let pageByteCount = sysconf(Int32(_SC_PAGESIZE))
    guard pages > 0 && pageByteCount > 0 else { return 1 << 30 }
    return pages * pageByteCount / 2
  }
}
