import Foundation
import Reprise
import RepriseTestSupport

/// The results folder of a scan, read by another JSON reader than the library's.
struct ScanOutcome {
  struct Line: Decodable {
    var id: String
    var source: String
    var offset: Int
    var length: Int
    var status: String
    var reason: String?
    var duplicateOf: String?
    var similarity: Double?
    var cluster: Int?
    var title: String?
  }

  struct Problem: Decodable {
    var source: String
    var line: Int?
    var byte: Int?
    var id: String?
    var `class`: String
    var message: String
  }

  let summary: ScanSummary
  let seconds: Double
  let manifest: [Line]
  let problems: [Problem]

  /// Scans for documents, otherwise with the command's defaults but for what `change` changes.
  init(_ paths: [URL], _ change: (inout ScanOptions) -> Void = { _ in }) throws {
    let scratch = TestFolder()
    var options = ScanOptions(paths: paths.map { BytePath($0.path) })
    options.output.folder = BytePath(scratch.url.appendingPathComponent("results").path)
    options.matching.find = .documents
    options.input.requiresUniqueIDs = true
    change(&options)
    let start = ContinuousClock.now
    summary = try Scan(options).run()
    let duration = ContinuousClock.now - start
    seconds = Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    let results = URL(fileURLWithPath: options.output.folder.text)
    manifest = try Self.lines(results.appendingPathComponent("manifest.jsonl"))
    problems = try Self.lines(results.appendingPathComponent("problems.jsonl"))
  }

  private static func lines<Element: Decodable>(_ file: URL) throws -> [Element] {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try Data(contentsOf: file).split(separator: 0x0A).map {
      try decoder.decode(Element.self, from: $0)
    }
  }

  /// Places in the manifest by id; an id that is there twice has its first place.
  var places: [String: Int] {
    Dictionary(manifest.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// True if both documents are in one cluster.
  func isTogether(_ first: Int, _ second: Int) -> Bool {
    guard let cluster = manifest[first].cluster else { return false }
    return cluster == manifest[second].cluster
  }
}
