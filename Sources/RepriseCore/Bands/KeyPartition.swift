internal import CKernels

/// The keys of one range with their documents, ordered by partition, and inside a partition in the
/// order they came.
///
/// All keys are given twice: first they are counted, then placed. The memory for placing is what
/// was counted, so the kernels stay in bounds only if both times the keys are the same.
struct KeyPartition: ~Copyable {
  private let partitions: reprise_key_parts
  private var starts: [Int]
  private var next: [Int] = []
  private(set) var keys: [UInt64] = []
  private(set) var documents: [UInt32] = []

  init(_ range: KeyRanges.Range) {
    partitions = reprise_key_parts(
      shift: UInt32(range.shift), first: range.partitions.lowerBound, count: range.partitions.count)
    starts = Array(repeating: 0, count: range.partitions.count + 1)
  }

  var count: Int { starts.count - 1 }

  func range(_ partition: Int) -> Range<Int> { starts[partition]..<starts[partition + 1] }

  /// Counts the keys that belong to the range.
  mutating func count(_ keys: UnsafePointer<reprise_document_keys>) {
    // In bounds: the kernel counts partitions below `count`, and `starts` has one entry more.
    unsafe starts.withUnsafeMutableBufferPointer { starts in
      unsafe reprise_count_keys(keys, partitions, starts.baseAddress?.advanced(by: 1))
    }
  }

  mutating func endCounting() {
    for partition in 1..<starts.count { starts[partition] += starts[partition - 1] }
    next = starts
    keys = Array(repeating: 0, count: starts[count])
    documents = Array(repeating: 0, count: starts[count])
  }

  /// Places the keys that belong to the range.
  mutating func place(_ keys: UnsafePointer<reprise_document_keys>) {
    // In bounds: each partition has space for exactly the keys that were counted.
    unsafe next.withUnsafeMutableBufferPointer { next in
      unsafe self.keys.withUnsafeMutableBufferPointer { placedKeys in
        unsafe documents.withUnsafeMutableBufferPointer { placedDocuments in
          unsafe reprise_place_keys(
            keys, partitions, next.baseAddress, placedKeys.baseAddress, placedDocuments.baseAddress)
        }
      }
    }
  }
}
