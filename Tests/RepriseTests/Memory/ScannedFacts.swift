import Foundation

@testable import Reprise

/// What the files of a results folder say of documents whose ids are their numbers, in the lines of
/// the program InMemory.
struct ScannedFacts {
  private(set) var lines: [String] = []

  private struct Pair: Decodable {
    struct Side: Decodable { var id: String }
    var first: Side
    var reason: String
    var second: Side
    var jaccard: Double
  }

  private struct Passage: Decodable {
    struct Place: Decodable {
      var id: String
      var start: Int
      var end: Int
      var identity: Double
    }
    var title: String
    var words: Int
    var boilerplateDocuments: Int?
    var places: [Place]
  }

  init(_ folder: URL) throws {
    let reader = try ManifestReader(resultsFolder: BytePath(folder.path))
    while let entry = try reader.next() { lines.append(Self.line(entry)) }
    for pair: Pair in try Self.decode("pairs.jsonl", in: folder) {
      lines.append("pair \(pair.first.id) \(pair.second.id) \(pair.reason) \(pair.jaccard)")
    }
    for passage: Passage in try Self.decode("passages.jsonl", in: folder) {
      let places = passage.places.map { "\($0.id) \($0.start..<$0.end) \($0.identity)" }
      lines.append(
        "passage \(passage.words) \(passage.title) \(Self.text(passage.boilerplateDocuments)) "
          + places.joined(separator: ", "))
    }
    for problem: ScanResults.ProblemLine in try Self.decode("problems.jsonl", in: folder) {
      lines.append("problem \(Self.text(problem.line)) \(problem.id ?? "-") \(problem.class)")
    }
    // A title can hold a line break only in its escaped form; the program prints it as it is.
    lines = lines.flatMap {
      $0.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
  }

  private static func line(_ entry: ManifestEntry) -> String {
    let cuts = entry.cuts.map { cut in
      "\(cut.start..<cut.end) \(cut.duplicateOf) \(cut.sourceStart..<cut.sourceEnd) \(cut.words) "
        + "\(cut.identity)"
    }
    return [
      entry.status.rawValue, entry.reason?.rawValue ?? "-", entry.duplicateOf ?? "-",
      text(entry.similarity), text(entry.cluster), cuts.joined(separator: ", "),
    ].joined(separator: " ")
  }

  private static func text(_ value: (some CustomStringConvertible)?) -> String {
    value?.description ?? "-"
  }

  private static func decode<Line: Decodable>(_ name: String, in folder: URL) throws -> [Line] {
    let file = try Data(contentsOf: folder.appendingPathComponent(name))
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try file.split(separator: 0x0A).map { try decoder.decode(Line.self, from: $0) }
  }
}
