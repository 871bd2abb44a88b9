internal import CKernels

/// Counts how often each seed occurs in a corpus, by a table with one byte for each hash value of
/// some bits.
///
/// Seeds with one counter are counted together, so a count is never too low. The size of the table
/// depends on the corpus alone. A table that does not fit in memory is counted slice by slice. Any
/// number of threads may count at the same time, and what they count does not depend on their
/// order.
///
/// Unchecked: the kernel changes counters atomically, and they are read only after the threads that
/// count have ended.
@safe
package final class SeedCounters: @unchecked Sendable {
  /// The shape of the table for a corpus.
  package struct Shape: Hashable, Sendable {
    /// The number of bits of a hash that choose the counter.
    let bits: Int
    /// The number of slices: a power of two.
    package let sliceCount: Int

    /// The shape for a number of tokens, with as many slices as a memory budget requires.
    /// - Parameters:
    ///   - tokenCount: the number of tokens in the corpus.
    ///   - budget: the memory in bytes for one slice of the counters and for the seeds in it.
    package init(tokenCount: Int, budget: Int) {
      bits = max(16, Int.bitWidth - (2 * tokenCount).leadingZeroBitCount)
      // Nearly all seeds of a corpus that repeats itself may be kept, and joined on all threads.
      let needed = 1 << bits + SeedPostings.byteCountOfSeed * tokenCount
      var count = 1
      while count < 1 << 10, needed / count > budget { count *= 2 }
      sliceCount = count
    }

    /// One slice with 2^bits counters.
    init(bits: Int) {
      self.bits = bits
      sliceCount = 1
    }
  }

  private let bits: Int
  private let first: UInt64
  private let counters: UnsafeMutableBufferPointer<UInt8>

  /// Creates counters of zero for one slice.
  package init(_ shape: Shape, slice: Int) {
    let size = (1 << shape.bits) / shape.sliceCount
    bits = shape.bits
    first = UInt64(slice * size)
    unsafe counters = .allocate(capacity: size)
    unsafe counters.initialize(repeating: 0)
  }

  deinit { unsafe counters.deallocate() }

  /// Counts the hashes that are in the slice.
  /// - Complexity: O(hashes).
  package func count(_ hashes: [UInt64]) {
    // In bounds: the kernel changes only counters below the size.
    unsafe reprise_seed_count(
      hashes, hashes.count, UInt32(bits), first, UInt64(counters.count), counters.baseAddress)
  }

  /// The number of occurrences of each hash, at most 255; 0 for one that is not in the slice.
  /// - Complexity: O(hashes).
  func counts(of hashes: [UInt64]) -> [UInt8] {
    // In bounds: the kernel writes one count for each hash, and reads counters below the size.
    unsafe [UInt8](unsafeUninitializedCapacity: hashes.count) { counts, initialized in
      unsafe reprise_seed_counts(
        hashes, hashes.count, UInt32(bits), first, UInt64(counters.count), counters.baseAddress,
        counts.baseAddress)
      initialized = hashes.count
    }
  }
}
