import Foundation
import Reprise
import Testing

/// Corpora that are no part of the repository: they are looked for in the folder `shared` beside
/// the checkout, or in the folder that the environment variable REPRISE_SHARED names.
enum SharedCorpora {
  static let whereToPut: Comment =
    "needs shared/corpora beside the checkout, or the path of another folder shared in REPRISE_SHARED"
  /// True to print a line of results for each corpus, and to do what takes long in a debug build.
  static let isTableWanted = ProcessInfo.processInfo.environment["REPRISE_TABLE"] == "1"

  static let folder: URL? = {
    let named = ProcessInfo.processInfo.environment["REPRISE_SHARED"]
    var beside = URL(fileURLWithPath: #filePath)
    for _ in 0..<5 { beside.deleteLastPathComponent() }
    let shared = named.map { URL(fileURLWithPath: $0) } ?? beside.appendingPathComponent("shared")
    let corpora = shared.appendingPathComponent("corpora")
    return FileManager.default.fileExists(atPath: corpora.path) ? corpora : nil
  }()

  /// The corpora of real texts.
  static let real: [RealCorpus] = {
    guard let dev = folder?.appendingPathComponent("dev"),
      let names = try? FileManager.default.contentsOfDirectory(atPath: dev.path)
    else { return [] }
    return names.sorted().map { RealCorpus(folder: dev.appendingPathComponent($0)) }
      .filter { FileManager.default.fileExists(atPath: $0.documents.path) }
  }()

  /// The folder of deliberately bad input.
  static let messy: URL? = {
    guard let messy = folder?.appendingPathComponent("messy"),
      FileManager.default.fileExists(atPath: messy.appendingPathComponent("messy.tar.zst").path)
    else { return nil }
    return messy
  }()
}

/// A corpus of real texts.
struct RealCorpus: CustomTestStringConvertible, Sendable {
  let folder: URL

  var name: String { folder.lastPathComponent }
  var testDescription: String { name }
  var documents: URL { folder.appendingPathComponent("docs.jsonl.zst") }

  /// True if another program counted its words, and a word is the same to both.
  var hasSpacesBetweenWords: Bool {
    let others = ["aozora_pd_editions", "dynamics_ja", "dynamics_th", "dynamics_zh", "poetry_zh"]
    return !others.contains(name) && FileManager.default.fileExists(atPath: outsideTruth.path)
  }

  private var outsideTruth: URL { folder.appendingPathComponent("exact_w5.tsv") }

  /// Pairs that another program found, by the ids of their documents.
  func outsidePairs(atLeast threshold: Double) throws -> [(first: String, second: String)] {
    try TabbedLines.read(outsideTruth).compactMap { row in
      guard let jaccard = Double(row[4]), jaccard >= threshold else { return nil }
      return (row[0], row[1])
    }
  }
}

/// Files of lines with columns between tabs, the first line of which names the columns.
enum TabbedLines {
  static func read(_ file: URL) throws -> [[String]] {
    let lines = try String(contentsOf: file, encoding: .utf8).utf8.split(separator: 0x0A)
    return lines.dropFirst().map { line in
      line.split(separator: 0x09, omittingEmptySubsequences: false).map { String($0) ?? "" }
    }
  }
}

/// The decoded bytes of a file, by the library.
func unpacked(_ file: URL, _ compression: Compression) throws -> [UInt8] {
  let stream = try DecodedStream(path: BytePath(file.path), compression: compression)
  var result: [UInt8] = []
  while true {
    let block = try unsafe [UInt8](unsafeUninitializedCapacity: 1 << 20) { buffer, count in
      count = try unsafe stream.read(into: UnsafeMutableRawBufferPointer(buffer))
    }
    guard !block.isEmpty else { return result }
    result += block
  }
}
