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
    var partition = KeyPartition(KeyRanges(keyCount: keys.count, rangeCount: 1)[0])
    for key in keys { partition.count(key) }
    partition.endCounting()
    for (key, document) in zip(keys, documents) { partition.place(key, document) }
    self.init(partition)
  }

  /// Groups the documents of keys that were placed.
  ///
  /// Keys are uniform hashes, so a range of them is cut by the top bits into parts that fit the
  /// cache, and each part has a small table of its own.
  init(_ parts: borrowing KeyPartition) {
    var table = KeyTable()
    var memberships = Memberships()
    for part in 0..<parts.count {
      let range = parts.range(part)
      table.clear(for: range.count)
      for position in range {
        let (key, record) = (parts.keys[position], UInt32(truncatingIfNeeded: position))
        let slot = table.insert(key, record)
        if table.slots[slot].position == record { continue }
        if table.slots[slot].bucket == KeyTable.none {
          table.slots[slot].bucket = memberships.open(with: table.slots[slot].position)
        }
        memberships.append(record, to: table.slots[slot].bucket)
      }
    }
    memberships.arrange(parts.documents, &offsets, &members)
  }
}

/// From a key to the first record that had it, and to the bucket of those that have it since: open
/// addressing, linear probing.
private struct KeyTable {
  struct Slot {
    var key: UInt64
    var position: UInt32
    var bucket: UInt32
  }
  static let none = UInt32.max

  var slots: [Slot] = []
  private var mask = 0

  mutating func clear(for count: Int) {
    var capacity = 16
    while capacity < 2 * count { capacity *= 2 }
    mask = capacity - 1
    let empty = Slot(key: 0, position: Self.none, bucket: Self.none)
    if slots.count < capacity {
      slots = Array(repeating: empty, count: capacity)
    } else {
      for slot in 0..<capacity { slots[slot] = empty }
    }
  }

  /// Returns the slot of the record's key; it holds this record if the key is new.
  mutating func insert(_ key: UInt64, _ position: UInt32) -> Int {
    // The top bits are the same all over a part: the low ones choose the slot.
    var slot = Int(truncatingIfNeeded: key) & mask
    while slots[slot].position != Self.none {
      if slots[slot].key == key { return slot }
      slot = (slot + 1) & mask
    }
    slots[slot].key = key
    slots[slot].position = position
    return slot
  }
}

/// Which records stand in which bucket.
private struct Memberships {
  private var records: [(bucket: UInt32, position: UInt32)] = []
  private var sizes: [UInt32] = []

  mutating func open(with position: UInt32) -> UInt32 {
    sizes.append(0)
    let bucket = UInt32(sizes.count - 1)
    append(position, to: bucket)
    return bucket
  }

  mutating func append(_ position: UInt32, to bucket: UInt32) {
    sizes[Int(bucket)] += 1
    records.append((bucket, position))
  }

  /// Counting sort by bucket.
  ///
  /// The records of a bucket arrive in the order of the keys.
  func arrange(_ documents: [UInt32], _ offsets: inout [UInt32], _ members: inout [UInt32]) {
    offsets = Array(repeating: 0, count: sizes.count + 1)
    for (bucket, size) in sizes.enumerated() { offsets[bucket + 1] = offsets[bucket] + size }
    members = Array(repeating: 0, count: records.count)
    var next = offsets
    for (bucket, position) in records {
      members[Int(next[Int(bucket)])] = documents[Int(position)]
      next[Int(bucket)] += 1
    }
  }
}
