internal import CKernels

/// The keys of one range with their documents, ordered by partition, and inside a partition in the
/// order they came.
///
/// Keys are given twice: first they are counted, then placed. If a partition turns out to be
/// crowded they are given twice more in between, so that its common keys are found and counted.
struct KeyPartition: ~Copyable {
  private let partitions: reprise_key_parts
  private let crowdedCount: Int
  private var starts: [Int]
  private var next: [Int] = []
  /// The number of keys that were placed without being counted.
  private var refusedCount = 0
  private(set) var keys: [UInt64] = []
  private(set) var documents: [UInt32] = []
  private(set) var common = CommonKeys(crowdedParts: [])

  init(_ range: KeyRanges.Range) {
    partitions = reprise_key_parts(
      shift: UInt32(range.shift), first: range.partitions.lowerBound, count: range.partitions.count)
    crowdedCount = range.crowdedCount
    starts = Array(repeating: 0, count: range.partitions.count + 1)
  }

  var count: Int { starts.count - 1 }

  /// True if the keys that were placed are as many as were counted, in every partition.
  var isComplete: Bool { refusedCount == 0 && next.dropLast() == starts.dropFirst() }

  func range(_ partition: Int) -> Range<Int> { starts[partition]..<starts[partition + 1] }

  /// Counts the keys that belong to the range.
  mutating func count(_ keys: UnsafePointer<reprise_document_keys>) {
    // In bounds: the kernel counts partitions below `count`, and `starts` has one entry more.
    unsafe starts.withUnsafeMutableBufferPointer { starts in
      unsafe reprise_count_keys(keys, partitions, starts.baseAddress?.advanced(by: 1))
    }
  }

  /// Looks for partitions with far more keys than expected; true if there are some.
  mutating func findCrowdedParts() -> Bool {
    common = CommonKeys(crowdedParts: (0..<count).filter { starts[$0 + 1] > crowdedCount })
    return !common.isEmpty
  }

  /// Looks for the common keys of crowded partitions.
  mutating func sample(_ keys: UnsafePointer<reprise_document_keys>) {
    unsafe Self.forEachKey(keys, partitions) { key, partition, _ in
      common.sample(key, inPartition: partition)
    }
  }

  /// Ends looking for common keys.
  mutating func endSampling() { common.endSampling() }

  /// Counts the common keys, which need no place.
  mutating func countCommon(_ keys: UnsafePointer<reprise_document_keys>) {
    unsafe Self.forEachKey(keys, partitions) { key, partition, _ in
      guard common.count(key, inPartition: partition) else { return }
      if starts[partition + 1] > 0 { starts[partition + 1] -= 1 } else { refusedCount += 1 }
    }
  }

  mutating func endCounting() {
    common.endCounting()
    for partition in 1..<starts.count { starts[partition] += starts[partition - 1] }
    next = starts
    keys = Array(repeating: 0, count: starts[count])
    documents = Array(repeating: 0, count: starts[count])
  }

  /// Places the keys that belong to the range.
  mutating func place(_ keys: UnsafePointer<reprise_document_keys>) {
    guard common.isEmpty else { return unsafe placeUncommon(keys) }
    // In bounds: the ends are those of the partitions, and the last is the number of keys.
    refusedCount += unsafe starts.withUnsafeBufferPointer { starts in
      unsafe next.withUnsafeMutableBufferPointer { next in
        unsafe self.keys.withUnsafeMutableBufferPointer { placedKeys in
          unsafe documents.withUnsafeMutableBufferPointer { placedDocuments in
            unsafe reprise_place_keys(
              keys, partitions, starts.baseAddress?.advanced(by: 1), next.baseAddress,
              placedKeys.baseAddress, placedDocuments.baseAddress)
          }
        }
      }
    }
  }

  private mutating func placeUncommon(_ keys: UnsafePointer<reprise_document_keys>) {
    unsafe Self.forEachKey(keys, partitions) { key, partition, document in
      guard !common.add(document, key, inPartition: partition) else { return }
      guard next[partition] < starts[partition + 1] else {
        refusedCount += 1
        return
      }
      self.keys[next[partition]] = key
      documents[next[partition]] = document
      next[partition] += 1
    }
  }

  /// Calls `body` with every key of the range, its partition, and its document.
  private static func forEachKey(
    _ keys: UnsafePointer<reprise_document_keys>, _ partitions: reprise_key_parts,
    _ body: (_ key: UInt64, _ partition: Int, _ document: UInt32) -> Void
  ) {
    // The caller's buffers outlive the call, and hold `count` keys and a bit for each document.
    let (count, stride) = unsafe (keys.pointee.count, keys.pointee.stride)
    let firstDocument = unsafe keys.pointee.first_document
    let bytes = unsafe UnsafeRawPointer(keys.pointee.bytes)
    let words = unsafe keys.pointee.participants
    for index in 0..<count {
      let document = firstDocument + index
      if let words = unsafe words,
        unsafe (words[document >> 6] >> UInt64(document & 63)) & 1 == 0
      {
        continue
      }
      guard let bytes = unsafe bytes else { return }
      let stored = unsafe bytes.loadUnaligned(fromByteOffset: index * stride, as: UInt64.self)
      let key = UInt64(littleEndian: stored)
      let partition =
        Int(truncatingIfNeeded: (key >> 1) >> UInt64(partitions.shift - 1)) - partitions.first
      if partition >= 0 && partition < partitions.count {
        body(key, partition, UInt32(truncatingIfNeeded: document))
      }
    }
  }
}
