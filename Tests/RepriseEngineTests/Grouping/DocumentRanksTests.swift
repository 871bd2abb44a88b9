import Testing

@testable import RepriseCore
@testable import RepriseEngine

@Suite struct DocumentRanksTests {
  @Test(arguments: [0, 1, 63, 64, 65, 200])
  func `a rank is the number of members before`(count: Int) {
    let members = (0..<UInt32(count)).filter { $0 % 3 != 1 || $0 % 64 > 60 }
    var set = DocumentSet(count: count)
    for member in members { set.insert(member) }
    let ranks = DocumentRanks(set)
    for document in 0..<UInt32(count) {
      #expect(ranks[document] == members.firstIndex(of: document))
    }
  }
}
