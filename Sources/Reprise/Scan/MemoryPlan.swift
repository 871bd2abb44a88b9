internal import Glibc
internal import RepriseCore
internal import RepriseCorpus

/// What the stages after sketching may take of the memory that a run may take.
struct MemoryPlan: Sendable {
  /// True if descriptors and labels are kept in memory.
  let hasResidentSections: Bool
  /// What grouping, and the components that are verified together, may take.
  let work: Int
  /// What the largest component may take, after grouping has ended.
  let component: Int
  /// What the passages of the corpus may take: their links, where they are, and what is cut.
  let passages: Int
  /// What buckets may take that are kept in memory.
  let buckets: Int
  /// What the verifiers' shingle sets may take together.
  let sets: Int
  /// What the texts may take in which passages are looked for.
  let texts: Int

  /// What descriptors and labels take in memory, where a run with more memory keeps them.
  private let sectionByteCount: Int
  /// What the run was given.
  private let memory: Int

  /// The program itself, and what every thread has.
  static let processByteCount = 40 << 20
  static let threadByteCount = 12 << 20
  /// What is kept of every document from the first stage after sketching to the last: which
  /// document it repeats, its component, its cluster, its drop and its similarity, some bits.
  static let stateByteCount = 32
  /// The least that grouping can do with.
  private static let leastWork = 8 << 20

  /// Divides the memory.
  ///
  /// - Throws: `tooLittleMemory` if what must be in memory of each document is more than there is.
  init(_ configuration: ScanConfiguration, _ store: SketchStore) throws(CorpusError) {
    memory = configuration.memory ?? Self.defaultMemory
    let perDocument = Self.stateByteCount + (configuration.keep == .first ? 0 : 8)
    let fixed =
      Self.processByteCount + configuration.threads * Self.threadByteCount
      + perDocument * store.documentCount + 160 * store.chunks.count + 24 * store.slices.count
    sets = min(256 << 20, memory / 8)
    texts = min(64 << 20, memory / 8)
    let rest = memory - fixed - sets
    guard rest >= Self.leastWork else {
      let least = fixed + (fixed + Self.leastWork) / 7 + Self.leastWork
      throw CorpusError.tooLittleMemory(
        "not enough memory: \(store.documentCount) documents need at least \(least >> 20) MiB, and "
          + "the limit is \(memory >> 20) MiB")
    }
    if let forced = configuration.workByteCount {
      (component, passages) = (.max, configuration.passageByteCount ?? .max)
      (hasResidentSections, work, buckets) = (false, forced, 0)
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
    passages = configuration.passageByteCount ?? (left + sets - texts)
  }

  /// Refuses what takes more than its share.
  ///
  /// - Parameters:
  ///   - byteCount: what it takes.
  ///   - limit: its share.
  ///   - what: the beginning of the sentence, up to what needs memory.
  /// - Throws: `tooLittleMemory`, which says what the whole run needs.
  func check(_ byteCount: Int, atMost limit: Int, _ what: String) throws(CorpusError) {
    guard byteCount > limit else { return }
    // An eighth of what is added goes to sets or texts.
    let added = byteCount - limit + (hasResidentSections ? 0 : sectionByteCount)
    let needed = memory + added / 7 * 8 + (1 << 20)
    throw CorpusError.tooLittleMemory(
      "\(what) that needs at least \(needed >> 20) MiB of memory, and \(memory >> 20) MiB were given"
    )
  }

  /// Half of the memory that the machine has.
  static var defaultMemory: Int {
    let pages = sysconf(Int32(_SC_PHYS_PAGES))
    let pageByteCount = sysconf(Int32(_SC_PAGESIZE))
    guard pages > 0 && pageByteCount > 0 else { return 1 << 30 }
    return pages * pageByteCount / 2
  }
}
