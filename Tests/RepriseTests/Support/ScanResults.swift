import Foundation
import Reprise
import Testing

/// A results folder, read back.
struct ScanResults {
  /// A line of `problems.jsonl`.
  struct ProblemLine: Decodable {
    let source: String
    let line: Int?
    let byte: Int?
    let id: String?
    let `class`: String
    let message: String

    /// The source's name, the line and the class.
    var place: String {
      let name = source.split(separator: "/").last ?? ""
      return "\(name):\(line.map { "\($0)" } ?? "-") \(`class`)"
    }
  }

  let summary: ScanSummary
  let entries: [ManifestEntry]
  let problems: [ProblemLine]
  /// The bytes of the files that say nothing of the run's time.
  let files: [String: Data]

  static let fileNames = ["manifest.jsonl", "clusters.jsonl", "pairs.jsonl", "problems.jsonl"]

  init(folder: URL, summary: ScanSummary) throws {
    self.summary = summary
    let reader = try ManifestReader(resultsFolder: BytePath(folder.path))
    var entries: [ManifestEntry] = []
    while let entry = try reader.next() { entries.append(entry) }
    self.entries = entries
    files = try Self.files(in: folder)
    let lines = (files["problems.jsonl"] ?? Data()).split(separator: 0x0A)
    problems = try lines.map { try JSONDecoder().decode(ProblemLine.self, from: $0) }
  }

  /// The bytes of a results folder's files.
  static func files(in folder: URL) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in fileNames {
      files[name] = try Data(contentsOf: folder.appendingPathComponent(name))
    }
    return files
  }

  /// The entry of an id, which must be there once.
  func entry(_ id: String) throws -> ManifestEntry {
    let found = entries.filter { $0.id == id }
    try #require(found.count == 1, "\(id)")
    return found[0]
  }

  /// The ids with this status, in the manifest's order.
  func ids(_ status: ManifestEntry.Status) -> [String] {
    entries.filter { $0.status == status }.map(\.id)
  }

  /// Checks what holds of every scan whose ids are unique.
  func checkInvariants(threshold: Double = 0.8) {
    let byID = Dictionary(entries.map { ($0.id, $0) }) { first, _ in first }
    #expect(byID.count == entries.count)
    for entry in entries {
      if entry.status == .drop {
        checkDrop(entry, byID, threshold)
      } else {
        #expect(entry.duplicateOf == nil && entry.similarity == nil)
        #expect((entry.reason != nil) == (entry.status == .unreadable))
      }
    }
    let counts = summary.documents
    let dropped = counts.exactDuplicates + counts.wordDuplicates + counts.nearDuplicates
    #expect(counts.total == entries.count)
    #expect(dropped == ids(.drop).count)
    #expect(counts.kept == ids(.keep).count)
    #expect(counts.empty == ids(.empty).count)
    #expect(counts.unreadable == ids(.unreadable).count)
    #expect(summary.problemCount == problems.count)
  }

  private func checkDrop(
    _ entry: ManifestEntry, _ byID: [String: ManifestEntry], _ threshold: Double
  ) {
    let survivor = entry.duplicateOf.flatMap { byID[$0] }
    let isKept = survivor?.status == .keep || survivor?.status == .empty
    #expect(isKept, "\(entry.id) repeats \(entry.duplicateOf ?? "nothing"), which is not kept")
    let row = entry.duplicateRow.map { entries[$0] }
    #expect(row == survivor, "\(entry.id)")
    #expect(entry.duplicateSource == survivor?.source, "\(entry.id)")
    #expect(entry.duplicateOffset == survivor?.offset, "\(entry.id)")
    #expect(entry.cluster != nil && entry.cluster == survivor?.cluster, "\(entry.id)")
    let similarity = entry.similarity ?? -1
    #expect(similarity >= threshold && similarity <= 1, "\(entry.id)")
    if entry.reason == .exact || entry.reason == .words { #expect(similarity == 1, "\(entry.id)") }
  }
}
