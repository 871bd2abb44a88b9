internal import CKernels

/// The set of a document's shingle ids, for exact comparison.
///
/// It takes 24 to 40 bytes per shingle: use a ``Signature`` to find candidates first.
package struct ShingleSet: Sendable {
  /// The distinct ids in order of first occurrence, then unused space.
  private var ids: [UInt64]
  private var table: [UInt32]
  /// The number of distinct shingles.
  package private(set) var count = 0

  /// Collects the distinct shingle ids of a document.
  package init(_ shingles: borrowing ShingleIDs) { self.init(shingles.span) }

  /// Collects distinct ids.
  /// - Complexity: O(ids).
  package init(_ shingles: Span<UInt64>) {
    // An insertion writes after the last member before it knows whether the id is new.
    ids = Array(repeating: 0, count: shingles.count + 1)
    table = Array(repeating: 0, count: Self.tableSize(shingles.count))
    // In bounds: `ids` has an entry more than there are shingles, and `table` always has empty
    // entries.
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

  /// The table is at most a quarter full, because a collision is a mispredicted branch.
  private static func tableSize(_ count: Int) -> Int {
    var size = 8
    while size < 4 * count { size *= 2 }
    return size
  }

  /// The memory that a set built from `count` ids takes, in bytes.
  package static func byteCount(_ count: Int) -> Int { 8 * count + 4 * tableSize(count) + 128 }

  /// The exact similarity of two sets.
  /// - Complexity: O(size of the other set).
  package func similarity(to other: ShingleSet) -> Similarity {
    similarity(to: other, atLeast: 0) ?? Similarity(intersection: 0, union: count + other.count)
  }

  /// The exact similarity of two sets if it reaches the threshold.
  ///
  /// Returns nil as soon as it cannot.
  ///
  /// - Complexity: O(size of the other set).
  package func similarity(to other: ShingleSet, atLeast threshold: Double) -> Similarity? {
    similarity(to: other.ids.span.extracting(0..<other.count), atLeast: threshold)
  }

  /// The exact similarity to a set of ids if it reaches the threshold.
  /// - Parameters:
  ///   - shingles: the ids of the other document, repetitions allowed.
  ///   - threshold: the minimum Jaccard similarity, at most 1.
  /// - Returns: the exact similarity; nil as soon as the threshold cannot be reached.
  /// - Complexity: O(ids).
  package func similarity(to shingles: Span<UInt64>, atLeast threshold: Double) -> Similarity? {
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

  /// The number of distinct ids of `shingles` that are in this set, and of those that are not.
  ///
  /// Counting stops when the latter exceeds `allowed`.
  private func overlap(with shingles: Span<UInt64>, _ allowed: Int) -> (shared: Int, missed: Int) {
    let tableSize = Self.tableSize(allowed + 1)
    // In bounds: the kernel writes at most `allowed + 1` ids to `missed`, whose table has empty
    // entries, and `marks` has an entry for each member.
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
    // The kernels that get this set only read it. The base addresses are valid during `body`.
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
