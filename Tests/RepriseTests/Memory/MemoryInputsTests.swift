import Testing

@testable import Reprise
@testable import RepriseFormats

@Suite("Inputs in memory")
struct MemoryInputsTests {
  private static func rows(_ texts: [String?]) -> StringRows {
    StringRows(texts: texts, ids: [], orderValues: [])
  }

  private static func run(_ inputs: [[String?]], referenceInputs: Int) throws -> Deduplicator.Result
  {
    let inputs = inputs.enumerated().map { (name: "input \($0)", rows: rows($1) as any MemoryRows) }
    return try Deduplicator().run(
      inputs, referenceInputs: referenceInputs, limit: nil, progress: { _ in },
      cancellation: Cancellation())
  }

  @Test func `documents are numbered through all inputs, and problems name theirs`() throws {
    let result = try Self.run([["a b", nil], [], ["A B", nil, "c"]], referenceInputs: 0)
    #expect(result.documents.map(\.status) == [.keep, .unreadable, .drop, .unreadable, .keep])
    #expect(result.documents[2].duplicateOf == 0)
    #expect(result.documents.map(\.copies) == [1, 0, 0, 0, 0])
    #expect(result.documents.map(\.words) == [2, 0, 2, 0, 1])
    #expect(result.problems.map(\.source) == ["input 0", "input 2"])
    #expect(result.problems.map(\.line) == [2, 2])
  }

  @Test func `reference documents are never dropped, even for each other`() throws {
    let result = try Self.run([["a b", "A B"], ["a b", "c d"]], referenceInputs: 1)
    #expect(result.referenceCount == 2)
    #expect(result.documents[2...].map(\.status) == [.drop, .keep])
    #expect(result.pairs.allSatisfy { $0.second >= 2 })
    let none = try Self.run([[], ["a b", "A B"]], referenceInputs: 1)
    #expect(none.referenceCount == 0)
    #expect(none.documents.map(\.status) == [.keep, .drop])
    #expect(try Self.run([["a"], []], referenceInputs: 1).referenceCount == 1)
  }

  @Test func `rows have the content hashes of a comparison, on any number of threads`() throws {
    var random = RandomTexts(seed: 19)
    let texts = (0..<700).map { $0 % 50 == 0 ? nil : random.text($0 % 90) }
    func sign(_ threads: Int) throws -> RowSigner.Signs {
      try RowSigner(MatchingOptions(), threads: threads, givesSlots: true).sign(
        Self.rows(texts), progress: { _ in }, cancellation: Cancellation())
    }
    let signs = try sign(1)
    #expect(signs.bandKeys.count == 700 * signs.bandCount)
    #expect(signs.slots.count == 700 * 256)
    let other = try sign(3)
    #expect(signs.bandKeys == other.bandKeys && signs.slots == other.slots)
    #expect(signs.contentHashes == other.contentHashes)
    for (text, hash) in zip(texts, signs.contentHashes) {
      let bytes = text.map { Array($0.utf8) }
      let expected = try bytes.map {
        unsafe try Comparison($0.span.bytes, $0.span.bytes).first.contentHash
      }
      #expect(hash == expected)
    }
  }
}
