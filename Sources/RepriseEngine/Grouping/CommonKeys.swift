/// Keys that very many documents have, found before the keys of their partition are placed.
///
/// Parts are cut by the bits of keys, so a key that a million documents have cannot be divided. Of
/// such a key only the documents are kept, 4 bytes each; an ordinary key takes several times as
/// much while its bucket is found.
struct CommonKeys {
  /// The most frequent keys of a partition that are told apart: every key of more than this share.
  private static let counterCount = 32

  /// Counts that may be too low (Misra, Gries, Finding Repeated Elements, 1982), or of a key that
  /// is known, the documents that have it.
  private struct Counter {
    var key: UInt64
    var count: Int
  }

  private var counters: [Int: [Counter]]
  private var members: [Int: [[UInt32]]] = [:]

  /// Prepares for the partitions that have more keys than expected.
  init(crowdedParts: [Int]) {
    counters = Dictionary(uniqueKeysWithValues: crowdedParts.map { ($0, []) })
  }

  /// True if no partition has more keys than expected.
  var isEmpty: Bool { counters.isEmpty }

  /// Takes note of a key, to find those that are frequent.
  mutating func sample(_ key: UInt64, inPartition partition: Int) {
    guard let place = counters.index(forKey: partition) else { return }
    if let index = counters.values[place].firstIndex(where: { $0.key == key }) {
      counters.values[place][index].count += 1
    } else if counters.values[place].count < Self.counterCount {
      counters.values[place].append(Counter(key: key, count: 1))
    } else {
      for index in counters.values[place].indices { counters.values[place][index].count -= 1 }
      counters.values[place].removeAll { $0.count == 0 }
    }
  }

  /// Ends sampling: what is counted now is exact.
  mutating func endSampling() {
    for place in counters.values.indices {
      for index in counters.values[place].indices { counters.values[place][index].count = 0 }
    }
  }

  /// Counts a key; false for one that is placed as usual.
  mutating func count(_ key: UInt64, inPartition partition: Int) -> Bool {
    guard let place = counters.index(forKey: partition),
      let index = counters.values[place].firstIndex(where: { $0.key == key })
    else { return false }
    counters.values[place][index].count += 1
    return true
  }

  /// Ends counting.
  mutating func endCounting() {
    for (partition, counters) in counters {
      members[partition] = counters.map { counter in
        var documents: [UInt32] = []
        documents.reserveCapacity(counter.count)
        return documents
      }
    }
  }

  /// Adds the document of a key that was counted; false for a key that is placed as usual.
  mutating func add(_ document: UInt32, _ key: UInt64, inPartition partition: Int) -> Bool {
    guard let index = counters[partition]?.firstIndex(where: { $0.key == key }),
      let place = members.index(forKey: partition)
    else { return false }
    members.values[place][index].append(document)
    return true
  }

  /// The documents of the common keys of a partition that two or more have, in the order in which
  /// they came.
  func buckets(inPartition partition: Int) -> [[UInt32]] {
    (members[partition] ?? []).filter { $0.count > 1 }
  }
}
