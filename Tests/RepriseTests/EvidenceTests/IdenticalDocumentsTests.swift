import Foundation
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

  @Test("a cluster that is written in pieces has all of its members in corpus order")
  func largeCluster() throws {
    let workspace = try Workspace()
    var texts = RandomTexts(seed: 2)
    let pairs = (0..<30).flatMap { index -> [TestRecord] in
      let text = texts.text(8)
      return [TestRecord("p\(index)", text), TestRecord("q\(index)", text)]
    }
    let all = Array(pairs.prefix(30)) + copies(5_000) + Array(pairs.dropFirst(30))
    try workspace.write("copies.jsonl", records: all)
    let results = try workspace.scan("copies.jsonl")
    let file = try #require(results.files["clusters.jsonl"])
    let clusters = try file.split(separator: 0x0A).map { try Cluster(parsing: $0) }
    #expect(clusters.map(\.cluster) == Array(0..<31))
    let large = try #require(clusters.first { $0.members.count > 2 })
    #expect(large.cluster == 15)
    #expect(large.survivors == ["d0"])
    #expect(large.members == (0..<5_000).map { "d\($0)" })
    #expect(clusters.map(\.members.count).reduce(0, +) == 5_060)
  }

  /// A line of `clusters.jsonl`, as Foundation reads it.
  private struct Cluster {
    var cluster: Int
    var survivors: [String]
    var members: [String]

    private struct Line: Decodable {
      struct Member: Decodable { var id: String }
      var cluster: Int
      var survivors: [Member]
      var members: [Member]
    }

    init(parsing line: Data) throws {
      let line = try JSONDecoder().decode(Line.self, from: line)
      cluster = line.cluster
      (survivors, members) = (line.survivors.map(\.id), line.members.map(\.id))
    }
  }

  @Test("time grows in proportion to the number of copies")
  func timeIsLinear() throws {
    let workspace = try Workspace()
    try workspace.write("few.jsonl", records: copies(2_000))
    try workspace.write("many.jsonl", records: copies(20_000))
    // Ten times the work; a quadratic step would make it a hundred times. What a busy machine holds
    // back once, it does not hold back three times.
    let factors = try (0..<3).map { round in
      let few = try seconds { _ = try workspace.scan("few.jsonl", into: "few-\(round)") }
      let many = try seconds { _ = try workspace.scan("many.jsonl", into: "many-\(round)") }
      return many / few
    }
    #expect(factors.contains { $0 < 40 }, "\(factors)")
  }

  private func seconds(_ body: () throws -> Void) rethrows -> Double {
    try ContinuousClock().measure(body) / .seconds(1)
  }

  private func copies(_ count: Int) -> [TestRecord] {
    var texts = RandomTexts(seed: 1)
    let text = texts.text(8)
    return (0..<count).map { TestRecord("d\($0)", text) }
  }
}
