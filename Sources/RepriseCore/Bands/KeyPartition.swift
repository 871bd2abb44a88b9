internal import CKernels

/// The keys of one range, ordered by partition, within a partition as they came, each with its
/// document.
///
/// Keys are given twice: first they are counted, then placed.
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
