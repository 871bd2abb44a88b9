internal import CKernels

/// The buckets of one band, or of other 64-bit keys, that have at least two documents.
package struct Buckets: Sendable {
  /// The index in ``members`` at which each bucket begins, and the end of the last bucket.
  package private(set) var offsets: [UInt32] = [0]
  /// The members of all buckets, bucket by bucket; inside a bucket in the order of the keys.
  package private(set) var members: [UInt32] = []

  /// The number of buckets.
  package var count: Int { offsets.count - 1 }

  /// The members of one bucket.
  package subscript(bucket: Int) -> ArraySlice<UInt32> {
    members[Int(offsets[bucket])..<Int(offsets[bucket + 1])]
  }

  /// Creates buckets from stored ``offsets`` and ``members``.
  package init(offsets: [UInt32], members: [UInt32]) {
    self.offsets = offsets
    self.members = members
  }

  /// Groups documents by key.
  ///
  /// Use ``KeyGrouping`` for keys that are not all in memory.
  /// - Parameters:
  ///   - keys: the key of each document in this band.
  ///   - documents: the document of each key; as many as there are keys.
  /// - Complexity: O(documents).
  package init(keys: [UInt64], documents: [UInt32]) {
    precondition(keys.count == documents.count, "one document per key")
    var grouping = KeyGrouping(KeyRanges(keyCount: keys.count, rangeCount: 1)[0])
    let bytes = keys.map { $0.littleEndian }
    // Integers have no padding, so all of their bytes are initialized.
    unsafe grouping.count(bytes.span.bytes, firstDocument: 0, participants: nil)
    grouping.endCounting()
    unsafe grouping.place(bytes.span.bytes, firstDocument: 0, participants: nil)
    self = grouping.buckets()
    members = members.map { documents[Int($0)] }
  }

  /// Groups the documents of a range of keys.
  ///
  /// Keys are uniform hashes. The range is already divided by their top bits into partitions that
  /// fit the cache, and a small hash table serves each partition.
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

/// Maps each key to the index of its first occurrence: open addressing, linear probing.
private struct KeyTable {
  private var entries: [UInt32] = []
  private var found = Array(repeating: (UInt32(0), UInt32(0)), count: placesAtOnce)

  private static let placesAtOnce = 4096

  /// Calls `body` for every repeated key, in the order of the keys, with the index of its first
  /// occurrence and its own index.
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
    // In bounds: `range` is in `keys`, `entries` has at least `capacity` entries, and `found` has
    // `placesAtOnce`, the most that one call writes.
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
  /// For each position in the partition, the number of the bucket that it opened plus 1, or 0 if it
  /// opened none.
  private var opened: [UInt32] = []
  private var next: [Int] = []
  private var start = 0

  /// Begins with the keys of a partition.
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

  /// Adds a key to the bucket that `first` opened, or opens it.
  ///
  /// Both are positions in the partition.
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
