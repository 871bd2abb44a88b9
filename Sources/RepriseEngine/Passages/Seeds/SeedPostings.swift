internal import RepriseCore

/// The places of the seeds that several places share.
package struct SeedPostings: Sendable {
  /// The memory that a seed takes, in bytes: its hash, what is stored, and its share of a partition
  /// that is joined.
  package static let byteCountOfSeed = 40

  /// The numbers of occurrences of a seed that is followed; one with more is a common phrase.
  static let sharedCounts: ClosedRange<UInt8> = 2...254

  private(set) var list = FingerprintList()

  /// Creates an empty list.
  package init() {}

  /// Adds the seeds of a document that are counted as shared.
  /// - Complexity: O(seeds).
  package mutating func append(
    _ seeds: SeedGrams, sharedBy counters: SeedCounters, document: UInt32
  ) {
    for (position, count) in counters.counts(of: seeds.hashes).enumerated()
    where Self.sharedCounts.contains(count) {
      list.append(
        hash: seeds.hashes[position],
        FingerprintPosting(document: document, position: UInt32(position), context: 0))
    }
  }

  /// Adds all seeds of a document.
  /// - Complexity: O(seeds).
  package mutating func append(_ seeds: SeedGrams, document: UInt32) {
    for (position, hash) in seeds.hashes.enumerated() {
      list.append(
        hash: hash,
        FingerprintPosting(document: document, position: UInt32(position), context: 0))
    }
  }

  /// Orders the seeds for a join, once all are in the list.
  package mutating func group() { list.group() }
}
