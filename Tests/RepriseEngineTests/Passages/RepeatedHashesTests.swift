import RepriseTestSupport
import Testing

@testable import RepriseCore
@testable import RepriseEngine

/// Which hashes are found to occur once.
struct RepeatedHashesTests {
  @Test(arguments: [0, 1, 2, 100, 10_000])
  func `every hash that occurs twice may, and few of the others`(count: Int) {
    var random = seeded(count, 5)
    let twice = (0..<count / 2).map { _ in random.next() }
    let once = (0..<count).map { _ in random.next() }
    let hashes = RepeatedHashes((twice + once + twice).shuffled(using: &random))
    #expect(twice.allSatisfy(hashes.mayOccurTwice))
    #expect(once.count(where: hashes.mayOccurTwice) <= count / 5)
  }

  @Test func `values are sorted and left once`() {
    var random = seeded(3, 5)
    for count in [0, 1, 2, 50, 1000] {
      let values = (0..<count).map { _ in random.below(60) }
      var distinct = values
      distinct.sortDistinct()
      #expect(distinct == Set(values).sorted())
    }
  }
}
