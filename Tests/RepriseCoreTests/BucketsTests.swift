import Testing

@testable import RepriseCore

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

  private func expectGroups(_ keys: [UInt64], _ comment: Comment) {
    let buckets = Buckets(keys: keys, documents: Array(0..<UInt32(keys.count)))
    let expected = Dictionary(grouping: 0..<UInt32(keys.count)) { keys[Int($0)] }
      .values.filter { $0.count > 1 }
    let found = (0..<buckets.count).map { Array(buckets[$0]) }
    #expect(found.count == expected.count, comment)
    #expect(Set(found) == Set(expected), comment)
  }
}
