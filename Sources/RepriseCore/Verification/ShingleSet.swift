internal import CKernels

/// The set of a document's shingle ids, for exact comparison: the oracle that decides what is a
/// duplicate.
public struct ShingleSet: Sendable {
  /// The ids, each once, in order of first occurrence; behind them what room is left.
  private var ids: [UInt64]
  private var table: [UInt32]
  /// The number of distinct shingles.
  public private(set) var count = 0

  /// Collects the distinct shingles of a document.
  public init(_ shingles: borrowing ShingleIDs) { self.init(shingles.span) }

  /// Collects the distinct ids.
  /// - Complexity: O(ids).
  public init(_ shingles: Span<UInt64>) {
    // An insertion writes behind the last member before it knows whether the id is new.
    ids = Array(repeating: 0, count: shingles.count + 1)
    table = Array(repeating: 0, count: Self.tableSize(shingles.count))
    count = unsafe ids.withUnsafeMutableBufferPointer { ids in
      unsafe table.withUnsafeMutableBufferPointer { table in
        unsafe shingles.withUnsafeBufferPointer { shingles in
          var set = unsafe reprise_shingle_set(
            ids: ids.baseAddress, count: 0, table: table.baseAddress, mask: table.count - 1)
          unsafe reprise_shingle_set_insert(&set, shingles.baseAddress, shingles.count)
          return unsafe set.count
        }
      }
    }
  }

  /// At most a quarter full: a collision is a mispredicted branch.
  private static func tableSize(_ count: Int) -> Int {
    var size = 8
    while size < 4 * count { size *= 2 }
    return size
  }

  /// The memory that the set of so many ids takes, in bytes.
  static func byteCount(_ count: Int) -> Int { 8 * count + 4 * tableSize(count) + 128 }

  /// The exact similarity of two sets.
  public func similarity(to other: ShingleSet) -> Similarity {
    similarity(to: other, atLeast: 0) ?? Similarity(intersection: 0, union: count + other.count)
  }

  /// The exact similarity of two sets if it reaches the threshold; nil as soon as it cannot.
  /// - Complexity: O(size of the other set).
  public func similarity(to other: ShingleSet, atLeast threshold: Double) -> Similarity? {
    similarity(to: other.ids.span.extracting(0..<other.count), atLeast: threshold)
  }

  /// The exact similarity to the set of some ids if it reaches the threshold; nil as soon as it
  /// cannot.
  /// - Parameters:
  ///   - shingles: the ids of the other document; a repetition does not matter.
  ///   - threshold: the least Jaccard similarity.
  /// - Returns: what was counted.
  /// - Complexity: O(ids).
  public func similarity(to shingles: Span<UInt64>, atLeast threshold: Double) -> Similarity? {
    // |A and B| <= |B|, so the Jaccard similarity is at most |B| / |A|.
    guard Double(shingles.count) >= threshold * Double(count) * (1 - 1e-9) else { return nil }
    // |A and B| / (|A| + |B without A|) >= T  =>  |B without A| <= |A| (1 - T) / T
    let bound = threshold > 0 ? Double(count) * (1 - threshold) / threshold : .infinity
    let allowed = Int(min(bound * (1 + 1e-9), Double(shingles.count)))
    let (shared, missed) = overlap(with: shingles, allowed)
    guard missed <= allowed else { return nil }
    let result = Similarity(intersection: shared, union: count + missed)
    return result.jaccard >= threshold ? result : nil
  }

  /// How many distinct ids of `shingles` are in this set, and how many are not: counted until they
  /// are more than `allowed`.
  private func overlap(with shingles: Span<UInt64>, _ allowed: Int) -> (shared: Int, missed: Int) {
    let tableSize = Self.tableSize(allowed + 1)
    return unsafe withUnsafeTemporaryAllocation(of: UInt64.self, capacity: allowed + 2) { ids in
      unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: tableSize) { table in
        unsafe table.initialize(repeating: 0)
        return unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count + 1) { marks in
          unsafe marks.initialize(repeating: 0)
          var missed = unsafe reprise_shingle_set(
            ids: ids.baseAddress, count: 0, table: table.baseAddress, mask: tableSize - 1)
          let shared = unsafe withSet { set in
            unsafe shingles.withUnsafeBufferPointer { shingles in
              unsafe reprise_shingle_set_shared(
                &set, shingles.baseAddress, shingles.count, marks.baseAddress, &missed, allowed)
            }
          }
          return unsafe (shared, missed.count)
        }
      }
    }
  }

  private func withSet<Result>(_ body: (inout reprise_shingle_set) -> Result) -> Result {
    unsafe ids.withUnsafeBufferPointer { ids in
      unsafe table.withUnsafeBufferPointer { table in
        var set = unsafe reprise_shingle_set(
          ids: UnsafeMutablePointer(mutating: ids.baseAddress), count: count,
          table: UnsafeMutablePointer(mutating: table.baseAddress), mask: table.count - 1)
        return unsafe body(&set)
      }
    }
  }
}
