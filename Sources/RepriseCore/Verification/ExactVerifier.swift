/// Decides candidate pairs by the exact Jaccard similarity of their shingle sets, which it asks for
/// again and keeps within a budget.
public final class ExactVerifier<Failure: Error> {
  private let threshold: Double
  private let screen: SignatureScreen
  private let makeSet: (UInt32) throws(Failure) -> ShingleSet?
  private var cache: ShingleSetCache
  /// Pairs that the signature rejected, and pairs whose sets were compared.
  public private(set) var counts = VerificationCounts()

  /// Creates a verifier.
  /// - Parameters:
  ///   - threshold: the least Jaccard similarity of a verified pair.
  ///   - screen: what rejects clear cases without reading them.
  ///   - budget: the memory that sets may take, in bytes; at least two are always kept.
  ///   - makeSet: reads a document again; nil if it cannot be read, which verifies nothing.
  public init(
    threshold: Double, screen: SignatureScreen, budget: Int,
    makeSet: @escaping (UInt32) throws(Failure) -> ShingleSet?
  ) {
    self.threshold = threshold
    self.screen = screen
    self.makeSet = makeSet
    cache = ShingleSetCache(budget: budget)
  }

  /// Forgets the sets read so far: no later pair has these documents.
  public func beginComponent() { cache.removeAll() }

  /// The similarity of a pair if it reaches the threshold.
  public func similarity(_ left: UInt32, _ right: UInt32) throws(Failure) -> Similarity? {
    counts.candidates += 1
    guard screen.mayReachThreshold(left, right) else {
      counts.screened += 1
      return nil
    }
    guard let leftSet = try set(left), let rightSet = try set(right) else { return nil }
    counts.compared += 1
    return leftSet.similarity(to: rightSet, atLeast: threshold)
  }

  private func set(_ document: UInt32) throws(Failure) -> ShingleSet? {
    if let known = cache[document] { return known }
    guard let made = try makeSet(document) else { return nil }
    cache.insert(made, for: document)
    return made
  }
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
