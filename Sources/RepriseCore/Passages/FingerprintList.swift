/// Where a fingerprint stands.
public struct FingerprintPosting: Hashable, Sendable {
  /// The document.
  public var document: UInt32
  /// The gram's first token.
  public var position: UInt32
  /// 16 bits of what stands some words before, above 16 bits of what stands some words behind.
  public var context: UInt32

  /// True if two places with one hash may lie in a shared match of the minimum length: what stands
  /// on one side at least must be the same then.
  func mayShareMatch(with other: FingerprintPosting) -> Bool {
    let (left, right) = (context >> 16, context & 0xFFFF)
    return (left != 0 && left == other.context >> 16)
      || (right != 0 && right == other.context & 0xFFFF)
  }
}

/// Some of the keys of a group, so that a group can be joined slice by slice.
public struct FingerprintSlice: Sendable {
  private let index: UInt64
  private let count: UInt64

  /// Creates one of `count` slices of about the same size; the only one unless stated.
  public init(index: Int = 0, count: Int = 1) {
    self.index = UInt64(index)
    self.count = UInt64(count)
  }

  /// True for a key of the slice: the bits below those that say the group choose it.
  func contains(_ key: UInt64) -> Bool {
    count == 1 || (key << 6).multipliedFullWidth(by: count).high == index
  }
}

/// The fingerprints of many documents, 20 bytes each, grouped by the top bits of their keys once
/// the list is complete.
public struct FingerprintList: Sendable {
  /// The number of groups.
  public static let partitionCount = 64

  private var keys: [UInt64] = []
  private var postings: [FingerprintPosting] = []
  private var starts: [Int] = []

  /// Creates an empty list.
  public init() {}

  /// The number of fingerprints.
  public var count: Int { keys.count }

  /// Smallest hashes have zeros at the top; multiplied by an odd number they differ there, and
  /// equal keys are still equal hashes.
  mutating func append(hash: UInt64, _ posting: FingerprintPosting) {
    keys.append(hash &* 0x9E37_79B9_7F4A_7C15)
    postings.append(posting)
  }

  /// Puts the fingerprints in the order of their groups, within a group as they came.
  /// - Complexity: O(fingerprints).
  public mutating func group() {
    starts = Array(repeating: 0, count: Self.partitionCount + 1)
    for key in keys { starts[Self.partition(of: key) + 1] += 1 }
    for partition in 0..<Self.partitionCount { starts[partition + 1] += starts[partition] }
    var next = starts
    var grouped = (keys: keys, postings: postings)
    for (key, posting) in zip(keys, postings) {
      let index = next[Self.partition(of: key)]
      next[Self.partition(of: key)] += 1
      grouped.keys[index] = key
      grouped.postings[index] = posting
    }
    keys = grouped.keys
    postings = grouped.postings
  }

  private static func partition(of key: UInt64) -> Int { Int(key >> 58) }

  /// The number of fingerprints in a group.
  public func count(inPartition partition: Int) -> Int {
    starts.isEmpty ? 0 : starts[partition + 1] - starts[partition]
  }

  /// Appends fingerprints of a group that were stored: key, document, position and context of each,
  /// the low bytes first.
  /// - Parameters:
  ///   - stored: 20 bytes each.
  ///   - slice: which of them are appended.
  ///   - firstDocument: what is added to the documents.
  public mutating func append(
    stored: RawSpan, in slice: FingerprintSlice = FingerprintSlice(), firstDocument: Int
  ) {
    func number<Number: FixedWidthInteger & BitwiseCopyable>(
      _ offset: Int, _ type: Number.Type
    ) -> Number {
      Number(littleEndian: unsafe stored.unsafeLoadUnaligned(fromByteOffset: offset, as: type))
    }
    for offset in stride(from: 0, to: stored.byteCount, by: 20) {
      let key = number(offset, UInt64.self)
      guard slice.contains(key) else { continue }
      keys.append(key)
      postings.append(
        FingerprintPosting(
          document: number(offset + 8, UInt32.self) + UInt32(firstDocument),
          position: number(offset + 12, UInt32.self), context: number(offset + 16, UInt32.self)))
    }
  }

  /// Calls `body` with the key and the place of each fingerprint of a group.
  public func forEach(inPartition partition: Int, _ body: (UInt64, FingerprintPosting) -> Void) {
    guard !starts.isEmpty else { return }
    for index in starts[partition]..<starts[partition + 1] { body(keys[index], postings[index]) }
  }
}
