internal import CKernels

/// The buckets of one band in which at least two documents stand.
public struct Buckets: Sendable {
  /// Where each bucket begins in ``members``; one more than there are buckets.
  public private(set) var offsets: [UInt32] = [0]
  /// The members of all buckets, one bucket after another, in the order they were given in.
  public private(set) var members: [UInt32] = []

  /// The number of buckets.
  public var count: Int { offsets.count - 1 }

  /// The members of one bucket.
  public subscript(bucket: Int) -> ArraySlice<UInt32> {
    members[Int(offsets[bucket])..<Int(offsets[bucket + 1])]
  }

  /// Takes what ``offsets`` and ``members`` of other buckets were.
  public init(offsets: [UInt32], members: [UInt32]) {
    self.offsets = offsets
    self.members = members
  }

  /// Groups documents by key.
  ///
  /// - Parameters:
  ///   - keys: the key of each document in this band.
  ///   - documents: which document each key belongs to.
  /// - Complexity: O(documents).
  public init(keys: [UInt64], documents: [UInt32]) {
    precondition(keys.count == documents.count, "one document a key")
    var grouping = KeyGrouping(KeyRanges(keyCount: keys.count, rangeCount: 1)[0])
    let bytes = keys.map(\.littleEndian)
    unsafe grouping.count(bytes.span.bytes, firstDocument: 0, participants: nil)
    grouping.endCounting()
    unsafe grouping.place(bytes.span.bytes, firstDocument: 0, participants: nil)
    self = grouping.buckets()
    members = members.map { documents[Int($0)] }
  }

  /// Groups the documents of keys that were placed.
  ///
  /// Keys are uniform hashes, so a range of them is cut by the top bits into partitions that fit
  /// the cache, and each partition has a small table of its own.
  init(_ partitions: borrowing KeyPartition) {
    var table = KeyTable()
    var memberships = Memberships()
    for partition in 0..<partitions.count {
      let range = partitions.range(partition)
      memberships.begin(range)
      table.forEachRepeated(in: partitions.keys.span.extracting(range)) { first, place in
        memberships.add(place, toBucketOf: first)
      }
      let common = partitions.common.buckets(inPartition: partition)
      if common.isEmpty {
        memberships.arrange(partitions.documents, &offsets, &members)
      } else {
        append(memberships.buckets(partitions.documents) + common)
      }
    }
  }

  /// Appends the buckets of a partition in the order in which each got its second member.
  private mutating func append(_ buckets: [[UInt32]]) {
    members.reserveCapacity(members.count + buckets.reduce(0) { $0 + $1.count })
    for bucket in buckets.sorted(by: { $0[1] < $1[1] }) {
      members += bucket
      offsets.append(UInt32(members.count))
    }
  }
}

/// From a key to the first place that had it: open addressing, linear probing.
private struct KeyTable {
  private var entries: [UInt32] = []
  private var found = Array(repeating: (UInt32(0), UInt32(0)), count: placesAtOnce)

  private static let placesAtOnce = 4096

  /// Calls `body` with the place of every key that stands before, and with the first place that has
  /// it, in the order of the keys.
  mutating func forEachRepeated(in keys: Span<UInt64>, _ body: (_ first: Int, Int) -> Void) {
    var capacity = 16
    while capacity < 2 * keys.count { capacity *= 2 }
    if entries.count < capacity {
      entries = Array(repeating: 0, count: capacity)
    } else {
      for entry in 0..<capacity { entries[entry] = 0 }
    }
    for start in stride(from: 0, to: keys.count, by: Self.placesAtOnce) {
      let end = min(start + Self.placesAtOnce, keys.count)
      for index in 0..<find(in: keys, start..<end, capacity) {
        body(Int(found[index].0), Int(found[index].1))
      }
    }
  }

  private mutating func find(
    in keys: Span<UInt64>, _ range: Range<Int>, _ capacity: Int
  ) -> Int {
    unsafe keys.withUnsafeBufferPointer { keys in
      unsafe entries.withUnsafeMutableBufferPointer { entries in
        unsafe found.withUnsafeMutableBufferPointer { found in
          unsafe reprise_repeated_keys(
            keys.baseAddress, UInt32(range.lowerBound), UInt32(range.upperBound),
            entries.baseAddress, capacity, found.baseAddress)
        }
      }
    }
  }
}

/// Which records of a partition stand in which bucket.
private struct Memberships {
  private var records: [(bucket: UInt32, position: UInt32)] = []
  private var sizes: [UInt32] = []
  /// Of each place of the partition, 1 more than the bucket that it opened, or 0.
  private var opened: [UInt32] = []
  private var next: [Int] = []
  private var start = 0

  /// Begins with the records of a partition.
  mutating func begin(_ partition: Range<Int>) {
    start = partition.lowerBound
    records.removeAll(keepingCapacity: true)
    sizes.removeAll(keepingCapacity: true)
    if opened.count < partition.count {
      opened = Array(repeating: 0, count: partition.count)
    } else {
      for place in 0..<partition.count { opened[place] = 0 }
    }
  }

  /// Adds a record to the bucket that begins with another; both are places in the partition.
  mutating func add(_ place: Int, toBucketOf first: Int) {
    if opened[first] == 0 {
      sizes.append(0)
      opened[first] = UInt32(sizes.count)
      append(first, opened[first] - 1)
    }
    append(place, opened[first] - 1)
  }

  private mutating func append(_ place: Int, _ bucket: UInt32) {
    sizes[Int(bucket)] += 1
    records.append((bucket, UInt32(truncatingIfNeeded: start + place)))
  }

  /// Appends the buckets by a counting sort.
  ///
  /// The records of a bucket arrive in the order of the keys.
  mutating func arrange(
    _ documents: [UInt32], _ offsets: inout [UInt32], _ members: inout [UInt32]
  ) {
    guard !records.isEmpty else { return }
    next.removeAll(keepingCapacity: true)
    var place = members.count
    for size in sizes {
      next.append(place)
      place += Int(size)
      offsets.append(UInt32(place))
    }
    members.append(contentsOf: repeatElement(0, count: records.count))
    for (bucket, position) in records {
      members[next[Int(bucket)]] = documents[Int(position)]
      next[Int(bucket)] += 1
    }
  }

  /// The buckets, each by itself.
  func buckets(_ documents: [UInt32]) -> [[UInt32]] {
    var buckets = [[UInt32]](repeating: [], count: sizes.count)
    for (bucket, position) in records { buckets[Int(bucket)].append(documents[Int(position)]) }
    return buckets
  }
}
