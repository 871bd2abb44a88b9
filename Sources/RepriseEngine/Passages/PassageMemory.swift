internal import RepriseCore
internal import Synchronization

/// Counts the memory that passages take while they are found, against what the plan leaves them.
///
/// What is found once there is too much is counted and not kept, so that the match can say what it
/// needs.
final class PassageMemory: Sendable {
  private let plan: MemoryPlan
  private let linkCount = Atomic(0)
  private let passageCount = Atomic(0)
  private let passageByteCount = Atomic(0)

  /// A link as it was found, and in the order of the documents.
  private static let foundLinkByteCount = 2 * MemoryLayout<PassageLink>.stride
  /// A fingerprint that is joined: as it was stored and grouped, with its document's rank, and its
  /// bucket.
  private static let fingerprintByteCount = 120
  /// A cut, what is cut of its document, both of its places, and its copy in a group.
  private static let cutByteCount = 224

  init(_ plan: MemoryPlan) { self.plan = plan }

  /// Returns the number of slices into which a partition of fingerprints is divided.
  ///
  /// Each thread joins one slice at a time.
  func sliceCount(ofFingerprints count: Int, threads: Int) -> Int {
    let needed = count.multipliedReportingOverflow(by: Self.fingerprintByteCount * threads)
    let share = max(1, plan.passages / 4)
    return needed.overflow ? 1 : max(1, min(1 << 12, (needed.partialValue + share - 1) / share))
  }

  /// Returns the number of slices into which windows are divided that are compared at once.
  func sliceCount(ofWindows count: Int) -> Int {
    let share = max(1, plan.passages / 4)
    let needed = count.multipliedReportingOverflow(by: EqualWindows.byteCountOfWindow)
    guard !needed.overflow else { return 1 << 12 }
    return max(1, min(1 << 12, (needed.partialValue + share - 1) / share))
  }

  /// The memory for seeds: their counters, and those of one slice that are joined.
  var seedByteCount: Int { plan.passages / 4 }

  /// The memory for the cells that links of seeds are counted in.
  var cellByteCount: Int { plan.passages / 16 }

  /// The number of links of seeds that are kept before it is known which have others near them.
  var foundLinkLimit: Int { plan.passages / 8 / MemoryLayout<PassageLink>.stride }

  /// Counts links, and returns false if the memory is too small to keep them.
  func add(linkCount count: Int) -> Bool {
    let total = linkCount.add(count, ordering: .relaxed).newValue
    return Self.foundLinkByteCount * total <= plan.passages
  }

  /// Counts passages, and returns false if the memory is too small to keep them.
  func add(_ passages: PassageList, _ runs: PassageList) -> Bool {
    passageCount.add(passages.count + runs.count, ordering: .relaxed)
    passageByteCount.add(passages.byteCount + runs.byteCount, ordering: .relaxed)
    return passagesNeeded <= plan.passages
  }

  /// The larger of what passages take while there are links, and of what they take after that: in
  /// the lists of their batches and in one list, and then in that list and while they are grouped
  /// or looked through for containers.
  private var passagesNeeded: Int {
    let passages = passageByteCount.load(ordering: .relaxed)
    let count = passageCount.load(ordering: .relaxed)
    let grouped = max(PassageGroup.byteCountOfPassage, Containment.byteCountOfRun) * count
    return max(linkByteCount + passages, 2 * passages, passages + grouped)
  }

  private var linkByteCount: Int {
    MemoryLayout<PassageLink>.stride * linkCount.load(ordering: .relaxed)
  }

  /// Refuses links that are too many for the memory, or to be numbered.
  ///
  /// - Throws: `tooLittleMemory` or `tooManyDocuments`.
  func checkLinks() throws(EngineError) {
    let count = linkCount.load(ordering: .relaxed)
    guard count <= Int(UInt32.max) else {
      throw EngineError.tooManyDocuments(
        "\(count) pairs of equal fingerprints are too many to look for passages between them")
    }
    try plan.check(
      Self.foundLinkByteCount * count, atMost: plan.passages,
      "\(count) pairs of equal fingerprints are looked at for passages, and")
  }

  /// Refuses passages that are too many for the memory.
  ///
  /// - Throws: `tooLittleMemory`.
  func checkPassages() throws(EngineError) {
    let count = passageCount.load(ordering: .relaxed)
    try plan.check(
      passagesNeeded, atMost: plan.passages,
      "\(count) passages that two documents share are compared, and")
  }

  /// Refuses texts that have too many positions at which they can be cut.
  ///
  /// - Throws: `tooLittleMemory`.
  func check(textByteCount: Int) throws(EngineError) {
    try plan.check(
      passageByteCount.load(ordering: .relaxed) + textByteCount, atMost: plan.passages,
      "\(passageCount.load(ordering: .relaxed)) passages that two documents share, and the texts "
        + "that have them, are looked at, and")
  }

  /// Refuses windows of equal words that are too many for the memory.
  ///
  /// - Throws: `tooLittleMemory`.
  func check(windowByteCount: Int) throws(EngineError) {
    try plan.check(
      windowByteCount, atMost: plan.passages,
      "runs of words that very many documents share are compared, and")
  }

  /// Refuses cuts that are too many for the memory.
  ///
  /// - Throws: `tooLittleMemory`.
  func check(cutCount: Int) throws(EngineError) {
    try plan.check(
      Self.cutByteCount * cutCount, atMost: plan.passages,
      "\(cutCount) passages are cut, and")
  }
}
