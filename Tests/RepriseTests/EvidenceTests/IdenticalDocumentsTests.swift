import Reprise
import Testing

@Suite("Evidence: identical documents")
struct IdenticalDocumentsTests {
  @Test("of n identical documents one is kept", arguments: [2_000, 50_000])
  func oneIsKept(count: Int) throws {
    let workspace = try Workspace()
    try workspace.write("copies.jsonl", records: copies(count))
    let results = try workspace.scan("copies.jsonl")
    #expect(results.entries.count == count)
    #expect(results.ids(.keep) == ["d0"])
    #expect(results.summary.documents.exactDuplicates == count - 1)
    let isAsExpected = results.entries.dropFirst().allSatisfy { entry in
      entry.status == .drop && entry.reason == .exact && entry.duplicateOf == "d0"
        && entry.similarity == 1 && entry.cluster == 0
    }
    #expect(isAsExpected)
    #expect(results.summary.clusterCount == 1)
  }

  @Test("time grows in proportion to the number of copies")
  func timeIsLinear() throws {
    let workspace = try Workspace()
    try workspace.write("few.jsonl", records: copies(2_000))
    try workspace.write("many.jsonl", records: copies(20_000))
    let clock = ContinuousClock()
    let few = try clock.measure { _ = try workspace.scan("few.jsonl", into: "a") }
    let many = try clock.measure { _ = try workspace.scan("many.jsonl", into: "b") }
    // Ten times the work; a quadratic step would make it a hundred times.
    #expect(many < few * 40 + .seconds(1))
  }

  private func copies(_ count: Int) -> [TestRecord] {
    var texts = RandomTexts(seed: 1)
    let text = texts.text(8)
    return (0..<count).map { TestRecord("d\($0)", text) }
  }
}
