import Reprise
import Testing

@Suite("Evidence: dissimilar documents and boilerplate")
struct BoilerplateTests {
  @Test("300 dissimilar documents all stay", arguments: [1, 2, 6, 60, 400])
  func dissimilar(wordCount: Int) throws {
    var random = RandomTexts(seed: UInt64(wordCount))
    let workspace = try Workspace()
    let texts = (0..<300).map { _ in random.text(wordCount) }
    try workspace.write("many.jsonl", records: TestRecord.numbered(texts))
    let results = try workspace.scan("many.jsonl")
    results.checkInvariants()
    #expect(results.ids(.keep).count == 300)
    #expect(results.summary.clusterCount == 0 && results.summary.pairCount == 0)
  }

  @Test("2,000 documents with 70 % of their words in common all stay")
  func sharedMajority() throws {
    let texts = documents(2_000, shared: 105, own: 45, seed: 70, isBodyFirst: true)
    try #require(JaccardOracle.similarity(texts[0], texts[1]) > 0.5)
    let workspace = try Workspace()
    try workspace.write("many.jsonl", records: TestRecord.numbered(texts))
    let results = try workspace.scan("many.jsonl")
    results.checkInvariants()
    #expect(results.ids(.keep).count == 2_000)
  }

  @Test("what shares 95 % of its words is a duplicate, measured against what stays")
  func sharedNearlyAll() throws {
    let texts = documents(1_000, shared: 190, own: 10, seed: 95, isBodyFirst: true)
    try #require(JaccardOracle.similarity(texts[0], texts[1]) >= 0.88)
    let workspace = try Workspace()
    try workspace.write("many.jsonl", records: TestRecord.numbered(texts))
    let results = try workspace.scan("many.jsonl")
    results.checkInvariants()
    try results.checkDrops(texts)
    #expect(results.ids(.keep).count <= 3)
    #expect(results.summary.documents.exactDuplicates == 0)
  }

  @Test("where boilerplate leads to values around the threshold, each is judged by its own")
  func sharedAroundThreshold() throws {
    // The bodies stand at random places, so that the similarities differ.
    let texts = documents(300, shared: 180, own: 19, seed: 90, isBodyFirst: false)
    let workspace = try Workspace()
    try workspace.write("many.jsonl", records: TestRecord.numbered(texts))
    let results = try workspace.scan("many.jsonl")
    results.checkInvariants()
    try results.checkDrops(texts)
    let sets = Dictionary(
      uniqueKeysWithValues: texts.enumerated().map { ("d\($0)", JaccardOracle.shingles($1)) })
    let kept = results.ids(.keep)
    try #require(kept.count < 300)
    var (similar, missed) = (results.ids(.drop).count, 0)
    for (place, first) in kept.enumerated() {
      for second in kept[(place + 1)...] {
        let left = try #require(sets[first])
        let right = try #require(sets[second])
        if JaccardOracle.similarity(left, right) >= 0.8 { missed += 1 }
      }
    }
    similar += missed
    #expect(Double(missed) <= 0.05 * Double(similar), "\(missed) of \(similar)")
  }

  /// Documents of the same words and, before them or somewhere among them, their own.
  private func documents(
    _ count: Int, shared: Int, own: Int, seed: UInt64, isBodyFirst: Bool
  ) -> [String] {
    var random = RandomTexts(seed: seed)
    let boilerplate = random.words(shared)
    return (0..<count).map { _ in
      let place = isBodyFirst ? 0 : random.number(below: shared + 1)
      let words = boilerplate[..<place] + random.words(own) + boilerplate[place...]
      return words.joined(separator: " ")
    }
  }
}
