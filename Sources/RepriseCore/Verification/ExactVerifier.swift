/// Decides candidate pairs by the exact Jaccard similarity of their shingle sets, which it asks for
/// again and keeps within a budget.
public final class ExactVerifier<Failure: Error> {
  private let threshold: Double
  private let screen: SignatureScreen
  private let shinglesOf: (UInt32) throws(Failure) -> [UInt64]?
  private var cache: DocumentCache<KnownShingles>
  /// Pairs that the signature rejected, and pairs whose sets were compared.
  public private(set) var counts = VerificationCounts()

  /// Creates a verifier.
  /// - Parameters:
  ///   - threshold: the least Jaccard similarity of a verified pair.
  ///   - screen: what rejects clear cases without reading them.
  ///   - budget: the memory that shingles may take, in bytes; those of two documents are always
  ///     kept.
  ///   - shinglesOf: reads a document again and returns its shingle ids; nil if it cannot be read,
  ///     which verifies nothing.
  public init(
    threshold: Double, screen: SignatureScreen, budget: Int,
    shinglesOf: @escaping (UInt32) throws(Failure) -> [UInt64]?
  ) {
    self.threshold = threshold
    self.screen = screen
    self.shinglesOf = shinglesOf
    cache = DocumentCache(budget: budget)
  }

  /// Forgets what was read so far: no later pair has these documents.
  public func beginComponent() { cache.removeAll() }

  /// The similarity of a pair if it reaches the threshold.
  ///
  /// Of the first document a set is made, once as long as it is kept: it should be the one that
  /// further documents are compared with.
  public func similarity(_ first: UInt32, _ second: UInt32) throws(Failure) -> Similarity? {
    counts.candidates += 1
    guard screen.mayReachThreshold(first, second) else {
      counts.screened += 1
      return nil
    }
    guard let known = try shingles(first), let other = try shingles(second) else { return nil }
    counts.compared += 1
    let ids = other.ids
    return known.set.similarity(to: ids.span, atLeast: threshold)
  }

  private func shingles(_ document: UInt32) throws(Failure) -> KnownShingles? {
    if let known = cache[document] { return known }
    guard let ids = try shinglesOf(document) else { return nil }
    let read = KnownShingles(ids)
    cache.insert(read, for: document)
    return read
  }
}

/// The shingles of a document as they were read, and the set of them once one is wanted.
private final class KnownShingles: MemorySized {
  let ids: [UInt64]
  private(set) lazy var set = makeSet()

  init(_ ids: [UInt64]) { self.ids = ids }

  private func makeSet() -> ShingleSet {
    let ids = ids
    return ShingleSet(ids.span)
  }

  var byteCount: Int { 8 * ids.count + ShingleSet.byteCount(ids.count) }
}

/// What verification did.
public struct VerificationCounts: Hashable, Sendable {
  /// Candidate pairs that were looked at.
  public var candidates = 0
  /// Of these, pairs that the signature rejected.
  public var screened = 0
  /// Of these, pairs whose shingle sets were compared.
  public var compared = 0

  /// Creates counts of zero.
  public init() {}

  /// Adds the counts of another worker.
  public static func += (left: inout VerificationCounts, right: VerificationCounts) {
    left.candidates += right.candidates
    left.screened += right.screened
    left.compared += right.compared
  }
}
