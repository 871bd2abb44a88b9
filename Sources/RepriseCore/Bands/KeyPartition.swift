internal import CKernels

/// The keys of one range, ordered by part, within a part as they came, each with its document.
///
/// Keys are given twice: first they are counted, then placed. If a part turns out to be crowded they
/// are given twice more in between, so that its common keys are found and counted.
struct KeyPartition: ~Copyable {
  private let parts: reprise_key_parts
  private let crowdedCount: Int
  private var starts: [Int]
  private var next: [Int] = []
  private(set) var keys: [UInt64] = []
  private(set) var documents: [UInt32] = []
  private(set) var common = CommonKeys(crowdedParts: [])

  init(_ range: KeyRanges.Range) {
    parts = reprise_key_parts(
      shift: UInt32(range.shift), first: range.parts.lowerBound, count: range.parts.count)
    crowdedCount = range.crowdedCount
    starts = Array(repeating: 0, count: range.parts.count + 1)
  }

  var count: Int { starts.count - 1 }

  func range(_ part: Int) -> Range<Int> { starts[part]..<starts[part + 1] }

  /// Counts the keys that belong to the range.
  mutating func count(_ keys: UnsafePointer<reprise_document_keys>) {
    unsafe starts.withUnsafeMutableBufferPointer { starts in
      unsafe reprise_count_keys(keys, parts, starts.baseAddress?.advanced(by: 1))
    }
  }

  /// Looks for parts with far more keys than expected; true if there are some.
  mutating func findCrowdedParts() -> Bool {
    common = CommonKeys(crowdedParts: (0..<count).filter { starts[$0 + 1] > crowdedCount })
    return !common.isEmpty
  }

  /// Looks for the common keys of crowded parts.
  mutating func sample(_ keys: UnsafePointer<reprise_document_keys>) {
    unsafe Self.forEachKey(keys, parts) { key, part, _ in common.sample(key, inPart: part) }
  }

  /// Ends looking for common keys.
  mutating func endSampling() { common.endSampling() }

  /// Counts the common keys, which need no place.
  mutating func countCommon(_ keys: UnsafePointer<reprise_document_keys>) {
    unsafe Self.forEachKey(keys, parts) { key, part, _ in
      if common.count(key, inPart: part) { starts[part + 1] -= 1 }
    }
  }

  mutating func endCounting() {
    common.endCounting()
    for part in 1..<starts.count { starts[part] += starts[part - 1] }
    next = starts
    keys = Array(repeating: 0, count: starts[count])
    documents = Array(repeating: 0, count: starts[count])
  }

  /// Places the keys that belong to the range.
  mutating func place(_ keys: UnsafePointer<reprise_document_keys>) {
    guard common.isEmpty else { return unsafe placeUncommon(keys) }
    unsafe next.withUnsafeMutableBufferPointer { next in
      unsafe self.keys.withUnsafeMutableBufferPointer { placedKeys in
        unsafe documents.withUnsafeMutableBufferPointer { placedDocuments in
          unsafe reprise_place_keys(
            keys, parts, next.baseAddress, placedKeys.baseAddress, placedDocuments.baseAddress)
        }
      }
    }
  }

  private mutating func placeUncommon(_ keys: UnsafePointer<reprise_document_keys>) {
    unsafe Self.forEachKey(keys, parts) { key, part, document in
      guard !common.add(document, key, inPart: part) else { return }
      self.keys[next[part]] = key
      documents[next[part]] = document
      next[part] += 1
    }
  }

  /// Calls `body` with every key of the range, its part, and its document.
  private static func forEachKey(
    _ keys: UnsafePointer<reprise_document_keys>, _ parts: reprise_key_parts,
    _ body: (_ key: UInt64, _ part: Int, _ document: UInt32) -> Void
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
      let part = Int(truncatingIfNeeded: (key >> 1) >> UInt64(parts.shift - 1)) - parts.first
      if part >= 0 && part < parts.count {
        body(key, part, UInt32(truncatingIfNeeded: document))
      }
    }
  }
}
