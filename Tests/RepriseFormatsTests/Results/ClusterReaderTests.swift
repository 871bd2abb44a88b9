import RepriseCore
import RepriseTestSupport
import Testing

@testable import RepriseFormats

@Suite("ClusterReader")
struct ClusterReaderTests {
  /// A results folder with these lines.
  private func folder(_ lines: String) -> TestFolder {
    let folder = TestFolder()
    folder.write("clusters.jsonl", lines)
    return folder
  }

  private func read(
    _ folder: TestFolder, members limit: Int = .max
  ) throws -> [(cluster: ClusterReader.Cluster, members: [JSONTree])] {
    let reader = try ClusterReader(resultsFolder: BytePath(folder.path))
    var all: [(cluster: ClusterReader.Cluster, members: [JSONTree])] = []
    var members: [JSONTree] = []
    while let cluster = try reader.next(
      members: limit,
      { _, index, member in
        #expect(index == members.count)
        members.append(member)
      })
    {
      all.append((cluster, members))
      members = []
    }
    return all
  }

  @Test("Members of any size and number are those that a parser of the whole line finds")
  func asParsed() throws {
    var random = SplitMix64(state: 19)
    let names = ["a", "]}", "\"members\":[{", "back\\slash\"", "{\"cluster\":9,", "\u{1F600}", "x"]
    var lines = ""
    for cluster in 0..<300 {
      var writer = JSONWriter()
      let count = cluster == 7 ? 40_000 : Int.random(in: 2...9, using: &random)
      let members = (0..<count).map { index in
        ClusterLine.Member(
          document: DocumentReference(
            id: .string((names.randomElement(using: &random) ?? "") + "\(index)"),
            source: .string("s"), offset: index),
          similarity: index == 0 ? nil : 0.5)
      }
      ClusterLine(cluster: cluster, members: members[...]).write(to: &writer)
      lines += unsafe writer.buffer.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
      lines += "\n"
    }
    let results = folder(lines)
    let found = try read(results)
    let expected = try lines.split(separator: "\n").map { try JSONTree(parsing: Array($0.utf8)) }
    #expect(found.map(\.members) == expected.map { $0["members"]?.array ?? [] })
    #expect(found.map(\.cluster.number) == Array(0..<300))
    let limited = try read(results, members: 3)
    #expect(limited.map(\.cluster) == found.map(\.cluster))
    #expect(limited.map(\.members) == found.map { Array($0.members.prefix(3)) })
  }

  @Test(
    "A damaged line is named",
    arguments: [
      "{\"cluster\":0,\"members\":[{]}\n", "{\"members\":[]}\n", "[]\n", "{\"cluster\":0}}\n",
      "{\"cluster\":99999999999999999999}\n", "{\"cluster\":0,\"members\":[{\"a\":}]}\n", "\n",
    ])
  func damaged(_ line: String) throws {
    let results = folder("{\"cluster\":0,\"survivors\":[],\"members\":[]}\n" + line)
    let error = try #require(throws: CorpusError.self) { _ = try read(results) }
    #expect(error.description.contains("clusters.jsonl") && error.description.contains("line 2"))
  }

  @Test("A file whose end is missing is named")
  func truncated() throws {
    let results = folder("{\"cluster\":0,\"members\":[{\"id\":\"a\"")
    #expect(throws: CorpusError.self) { _ = try read(results) }
  }
}
