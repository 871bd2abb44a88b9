import Testing

@testable import RepriseCore
@testable import RepriseEngine

@Suite("Lists of passages")
struct PassageListTests {
  private func passage(_ first: UInt32, matches count: Int) -> Passage {
    let matches = (0..<count).map {
      Passage.Match(first: 100 * $0 + Int(first), second: 100 * $0 + 7, count: 60)
    }
    return Passage(first: first, second: first + 3, matches: matches, words: 60 * count)
  }

  private var passages: [Passage] {
    (0..<40).map { passage($0, matches: 1 + Int($0 * 7 % 5)) }
  }

  @Test("A list gives back the passages that were put in")
  func roundTrip() {
    #expect(Array(PassageList(passages)) == passages)
    #expect(PassageList().isEmpty)
  }

  @Test("Joined lists follow one another, and are empty afterwards")
  func joined() {
    var lists = [
      PassageList(Array(passages[..<9])), PassageList(), PassageList(Array(passages[9...])),
    ]
    #expect(Array(PassageList(joining: &lists)) == passages)
    #expect(lists.map(\.count) == [0, 0, 0])
  }

  @Test("What is removed is gone with its blocks, and the rest keeps its own")
  func removal() {
    let rules: [(Passage) -> Bool] = [
      { $0.first % 3 == 0 }, { $0.matches.count > 2 }, { _ in true }, { _ in false },
    ]
    for isRemoved in rules {
      var list = PassageList(passages)
      list.removeAll(where: isRemoved)
      let left = passages.filter { !isRemoved($0) }
      #expect(Array(list) == left)
      #expect(list.byteCount == PassageList(Array(list)).byteCount)
    }
  }
}
