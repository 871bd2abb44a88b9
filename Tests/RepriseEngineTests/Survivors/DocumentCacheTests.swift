import Testing

@testable import RepriseCore
@testable import RepriseEngine

@Suite("Cache of documents")
struct DocumentCacheTests {
  private struct Sized: MemorySized {
    var count: Int
    var byteCount: Int { 8 * count }
  }

  @Test("It stays within its budget, and what is used again and again stays in it")
  func keepsWhatIsUsed() {
    var cache = DocumentCache<Sized>(budget: 10 * 24)
    for document in 0..<1_500 {
      cache.insert(Sized(count: 3), for: UInt32(document))
      #expect(cache[0]?.count == 3)
      // Besides the one in use, the last ones are left.
      let others = (max(0, document - 20)...document)
        .filter { $0 > 0 && cache.contains(UInt32($0)) }
      #expect(others == Array((0...document).dropFirst().suffix(9)), "\(document)")
    }
    cache.removeAll()
    #expect(!cache.contains(0))
  }

  @Test("A value larger than the budget is kept until the next comes")
  func keepsOneAtLeast() {
    var cache = DocumentCache<Sized>(budget: 1)
    cache.insert(Sized(count: 3), for: 7)
    #expect(cache[7]?.count == 3)
    cache.insert(Sized(count: 2), for: 8)
    #expect(cache[8]?.count == 2 && !cache.contains(7))
  }
}

extension DocumentCache {
  /// Looks without use.
  fileprivate func contains(_ document: UInt32) -> Bool {
    var copy = self
    return copy[document] != nil
  }
}
