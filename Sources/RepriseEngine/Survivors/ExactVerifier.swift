internal import RepriseCore

/// Verifies candidate pairs by the exact Jaccard similarity of their shingle sets.
///
/// Reads the shingles of documents again when it needs them, and caches them within a memory
/// budget. Not thread-safe: use one verifier per thread.
package final class ExactVerifier<Failure: Error> {
  private let threshold: Double
  private let screen: SignatureScreen?
  private let shinglesOf: (UInt32) throws(Failure) -> [UInt64]?
  private var cache: DocumentCache<KnownShingles>
  /// The last document that was passed second, and the number of comparisons in a row with it.
  private var row: (document: UInt32, shingles: KnownShingles, count: Int)?
  /// The number of pairs checked, rejected by their signatures, and compared.
  package private(set) var counts = VerificationCounts()

  /// Creates a verifier.
  /// - Parameters:
  ///   - threshold: the minimum Jaccard similarity of a verified pair.
  ///   - screen: the b-bit signatures, which reject clear cases without reading documents; nil to
  ///     compare all pairs.
  ///   - budget: the memory for cached shingles, in bytes; those of two documents may exceed it.
  ///   - shinglesOf: reads a document again and returns its shingle ids; nil if it cannot be read,
  ///     and then no pair of it is verified.
  package init(
    threshold: Double, screen: SignatureScreen?, budget: Int,
    shinglesOf: @escaping (UInt32) throws(Failure) -> [UInt64]?
  ) {
    self.threshold = threshold
    self.screen = screen
    self.shinglesOf = shinglesOf
    cache = DocumentCache(budget: budget)
  }

  /// Empties the cache.
  ///
  /// Call it when no later pair contains the documents read so far.
  package func beginComponent() { cache.removeAll() }

  /// The exact similarity of two documents if it reaches the threshold; nil otherwise, and if a
  /// document cannot be read.
  ///
  /// A set is built for the first document and cached with its shingles. If the second is compared
  /// with many in a row, its set is built instead, so that of the others only the shingles are read:
  /// their sets together are larger than a processor's cache.
  /// - Throws: what `shinglesOf` throws.
  package func similarity(_ first: UInt32, _ second: UInt32) throws(Failure) -> Similarity? {
    counts.candidates += 1
    if let screen, !screen.mayReachThreshold(first, second) {
      counts.screened += 1
      return nil
    }
    if let row, row.document == second, row.count >= Self.rowCount {
      return try similarity(ofRow: row.shingles, to: first)
    }
    guard let known = try shingles(first), let other = try shingles(second) else { return nil }
    counts.compared += 1
    row = (second, other, row?.document == second ? (row?.count ?? 0) + 1 : 1)
    return compare(other, known.set)
  }

  private func similarity(
    ofRow shingles: KnownShingles, to document: UInt32
  ) throws(Failure) -> Similarity? {
    if let place = cache.place(of: document) {
      counts.compared += 1
      return cache.withValue(at: place) { compare($0, shingles.set) }
    }
    guard let read = try self.shingles(document) else { return nil }
    counts.compared += 1
    return compare(read, shingles.set)
  }

  /// The similarity if it reaches the threshold; the others are counted.
  private func compare(_ one: KnownShingles, _ set: ShingleSet) -> Similarity? {
    guard let similarity = one.similarity(to: set, atLeast: 0) else { return nil }
    if similarity.jaccard >= threshold { return similarity }
    counts.below.add(shared: similarity.intersection, all: similarity.union)
    return nil
  }

  /// The number of comparisons in a row after which building a set is worth it.
  private static var rowCount: Int { 3 }

  private func shingles(_ document: UInt32) throws(Failure) -> KnownShingles? {
    if let known = cache[document] { return known }
    guard let ids = try shinglesOf(document) else { return nil }
    let read = KnownShingles(ids)
    cache.insert(read, for: document)
    return read
  }
}

/// The shingles of a document as they were read, and their set, built when it is first needed.
private final class KnownShingles: MemorySized {
  let ids: [UInt64]
  private(set) lazy var set = makeSet()

  init(_ ids: [UInt64]) { self.ids = ids }

  private func makeSet() -> ShingleSet {
    let ids = ids
    return ShingleSet(ids.span)
  }

  func similarity(to set: ShingleSet, atLeast threshold: Double) -> Similarity? {
    unsafe ids.withUnsafeBufferPointer { ids in
      unsafe set.similarity(to: ids.span, atLeast: threshold)
    }
  }

  var byteCount: Int { 8 * ids.count + ShingleSet.byteCount(ids.count) }
}

/// The numbers of pairs that verification handled.
package struct VerificationCounts: Hashable, Sendable {
  /// The number of candidate pairs checked.
  package var candidates = 0
  /// The number of those pairs that were rejected by their signatures.
  package var screened = 0
  /// The number of those pairs whose shingle sets were compared.
  package var compared = 0
  /// The similarities of the compared pairs that are below the threshold.
  package var below = SimilarityHistogram()

  /// Creates counts of zero.
  package init() {}

  /// Adds the counts of another worker.
  package static func += (left: inout VerificationCounts, right: VerificationCounts) {
    left.candidates += right.candidates
    left.screened += right.screened
    left.compared += right.compared
    left.below += right.below
  }
}
