import RepriseTestSupport
import Testing

@testable import RepriseCore
@testable import RepriseEngine

@Suite("Buckets")
struct BucketsTests {
  @Test(
    "They are the groups that a dictionary finds, members in their given order",
    arguments: [0, 1, 2, 3, 10, 100, 4_095, 4_096, 4_097, 20_000, 50_000])
  func areTheGroupsOfADictionary(count: Int) {
    for distinct in [1, 2, count / 50 + 1, count / 2 + 1, 4 * count + 1] {
      var random = seeded(count, distinct)
      let values = random.words(distinct)
      let keys = (0..<count).map { _ in random.pick(values) }
      expectGroups(keys, "\(count) keys of \(distinct)")
    }
  }

  @Test("Keys that differ in a few bits only, at either end, are told apart")
  func separateSimilarKeys() {
    for shift in [0, 16, 32, 48, 60] {
      var random = seeded(shift)
      let keys = (0..<5_000).map { _ in UInt64(random.below(3_000)) << UInt64(shift) }
      expectGroups(keys, "shifted by \(shift)")
    }
    // Few low bits choose the slot in a table: displaced keys meet others that end alike.
    var random = seeded(1)
    let keys = (0..<3_000).map { _ in
      UInt64(random.below(8)) | UInt64(random.below(60)) << 40
    }
    expectGroups(keys, "eight ends")
    expectGroups([0, 0, .max, .max, 0, 1], "the ends of the range")
  }

  @Test("Documents keep the numbers they were given")
  func keepNumbers() {
    let buckets = Buckets(keys: [5, 6, 5, 7, 6, 5], documents: [10, 11, 9, 13, 4, 0])
    #expect(Set((0..<buckets.count).map { Array(buckets[$0]) }) == [[10, 9, 0], [11, 4]])
  }

  @Test(
    "Grouped range by range, keys give the buckets of one range in the same order",
    arguments: [0, 10, 5_000, 60_000])
  func areTheSameRangeByRange(count: Int) {
    var random = seeded(count)
    let values = random.words(count / 3 + 1)
    let keys = (0..<count).map { _ in random.pick(values) }
    var participants = DocumentSet(count: count)
    for document in 0..<count where random.below(5) > 0 { participants.insert(UInt32(document)) }
    let members = (0..<UInt32(count)).filter { participants.contains($0) }
    let whole = Buckets(keys: members.map { keys[Int($0)] }, documents: members)
    for wanted in [1, 2, 7, 100] {
      let ranges = KeyRanges(keyCount: members.count, rangeCount: wanted)
      var found: [[UInt32]] = []
      for index in 0..<ranges.count {
        let buckets = grouped(keys, ranges[index], participants)
        found += (0..<buckets.count).map { Array(buckets[$0]) }
      }
      #expect(found == (0..<whole.count).map { Array(whole[$0]) }, "\(wanted) ranges")
    }
  }

  @Test("Keys that very many documents have give the same buckets in the same order")
  func commonKeysAreGroupedTheSame() {
    for (seed, count) in [0, 3, 40, 9_000].enumerated() {
      var random = seeded(seed)
      let common = random.words(3)
      let values = random.words(count + 1)
      let keys = (0..<count).map { _ in
        random.below(3) > 0 ? random.pick(common) : random.pick(values)
      }
      var participants = DocumentSet(count: count)
      for document in 0..<count where random.below(5) > 0 { participants.insert(UInt32(document)) }
      for wanted in [1, 3] {
        let usual = KeyRanges(keyCount: count, rangeCount: wanted)
        let crowded = KeyRanges(keyCount: count, rangeCount: wanted, crowdedCount: 20)
        for index in 0..<usual.count {
          let expected = grouped(keys, usual[index], participants)
          let found = grouped(keys, crowded[index], participants)
          #expect(found.members == expected.members && found.offsets == expected.offsets)
        }
      }
    }
  }

  /// A file can change between the two readings of its keys.
  @Test(arguments: [1_000_000, 20]) func keysThatWereNotCountedAreRefused(crowdedCount: Int) {
    let counted = (0..<500).map { UInt64($0) << 54 }
    for placed in [counted.map { _ in 0 }, Array(counted.dropLast()), counted + [1 << 63]] {
      let range = KeyRanges(keyCount: 100_000, rangeCount: 1, crowdedCount: crowdedCount)[0]
      var grouping = KeyGrouping(range)
      unsafe grouping.count(counted.span.bytes, firstDocument: 0, participants: nil)
      if grouping.hasCrowdedParts() {
        unsafe grouping.sample(counted.span.bytes, firstDocument: 0, participants: nil)
        grouping.endSampling()
        unsafe grouping.countCommon(placed.span.bytes, firstDocument: 0, participants: nil)
      }
      grouping.endCounting()
      unsafe grouping.place(placed.span.bytes, firstDocument: 0, participants: nil)
      let isComplete = grouping.isComplete
      #expect(!isComplete)
    }
  }

  // In pieces of a hundred keys, as chunks hold them.
  private func grouped(
    _ keys: [UInt64], _ range: KeyRanges.Range, _ participants: DocumentSet
  ) -> Buckets {
    var grouping = KeyGrouping(range)
    let pieces = stride(from: 0, to: keys.count, by: 100).map {
      ($0, keys[$0..<min(keys.count, $0 + 100)].map(\.littleEndian))
    }
    for (first, piece) in pieces {
      grouping.count(unsafe piece.span.bytes, firstDocument: first, participants: participants)
    }
    if grouping.hasCrowdedParts() {
      for (first, piece) in pieces {
        grouping.sample(unsafe piece.span.bytes, firstDocument: first, participants: participants)
      }
      grouping.endSampling()
      for (first, piece) in pieces {
        grouping.countCommon(
          unsafe piece.span.bytes, firstDocument: first, participants: participants)
      }
    }
    grouping.endCounting()
    for (first, piece) in pieces {
      grouping.place(unsafe piece.span.bytes, firstDocument: first, participants: participants)
    }
    return grouping.buckets()
  }

  private func expectGroups(_ keys: [UInt64], _ comment: Comment) {
    let buckets = Buckets(keys: keys, documents: Array(0..<UInt32(keys.count)))
    let expected = Dictionary(grouping: 0..<UInt32(keys.count)) { keys[Int($0)] }
      .values.filter { $0.count > 1 }
    let found = (0..<buckets.count).map { Array(buckets[$0]) }
    #expect(found.count == expected.count, comment)
    #expect(Set(found) == Set(expected), comment)
  }
}
