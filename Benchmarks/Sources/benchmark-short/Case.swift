import GeneratedCorpus
import Glibc
import Reprise

/// A corpus and what a scan of it must find: all of it follows from the seed and the scheme.
struct Case {
  struct Expected: Equatable {
    var documents: Int
    var exactDuplicates: Int
    var nearDuplicates: Int
    var clusters: Int
    var pairs: Int
  }

  let name: String
  let corpus: GeneratedCorpus
  let expected: Expected

  static let all = [
    Case(
      name: "3 KB", corpus: GeneratedCorpus(meanByteCount: 3_000, byteCount: 60_000_000),
      expected: Expected(
        documents: 19211, exactDuplicates: 180, nearDuplicates: 2803, clusters: 2545, pairs: 2983)),
    Case(
      name: "500 B", corpus: GeneratedCorpus(meanByteCount: 500, byteCount: 30_000_000),
      expected: Expected(
        documents: 57432, exactDuplicates: 527, nearDuplicates: 7964, clusters: 7136, pairs: 8491)),
    Case(
      name: "30 KB", corpus: GeneratedCorpus(meanByteCount: 30_000, byteCount: 60_000_000),
      expected: Expected(
        documents: 1913, exactDuplicates: 15, nearDuplicates: 279, clusters: 241, pairs: 294)),
    Case(
      name: "3 KB, Cyrillic",
      corpus: GeneratedCorpus(meanByteCount: 3_000, byteCount: 60_000_000, script: .cyrillic),
      expected: Expected(
        documents: 19446, exactDuplicates: 192, nearDuplicates: 2949, clusters: 2608, pairs: 3141)),
    Case(
      name: "3 KB, Han",
      corpus: GeneratedCorpus(meanByteCount: 3_000, byteCount: 60_000_000, script: .han),
      expected: Expected(
        documents: 20816, exactDuplicates: 224, nearDuplicates: 3133, clusters: 2804, pairs: 3357)),
  ]

  /// Generates the corpus into a folder, or scans it three times, checks, and prints a line.
  func run(_ job: String, in folder: String) throws {
    let input = "\(folder)/corpus.jsonl"
    if job == "generate" {
      _ = try corpus.write(to: input)
      return
    }
    var options = ScanOptions(paths: [BytePath(input)])
    options.matching.find = .documents
    options.resources.threads = 1
    options.output.folder = "\(folder)/results"
    var summaries: [ScanSummary] = []
    for _ in 0..<3 { summaries.append(try Scan(options).run()) }
    let memory = peakMemory()
    let best = summaries.min { processorSeconds($0) < processorSeconds($1) }
    guard let best else { return }
    print(line(best, memory: memory))
    let pairs = corpus.generate { _ in }
    let isProved = try checkManifest("\(folder)/results", pairs)
    if !check(best) || !isProved { exit(1) }
  }

  private func check(_ summary: ScanSummary) -> Bool {
    let found = Expected(
      documents: summary.documents.total, exactDuplicates: summary.documents.exactDuplicates,
      nearDuplicates: summary.documents.nearDuplicates, clusters: summary.clusterCount,
      pairs: summary.pairCount)
    if found == expected && summary.problemCount == 0 { return true }
    print("\(name): found \(found) and \(summary.problemCount) problems, expected \(expected)")
    return false
  }

  /// Everything dropped names a document that is kept, and planted pairs are in one cluster.
  private func checkManifest(_ results: String, _ pairs: [GeneratedCorpus.PlantedPair]) throws
    -> Bool
  {
    var entries: [String: ManifestEntry] = [:]
    let reader = try ManifestReader(resultsFolder: BytePath(results))
    while let entry = try reader.next() { entries[entry.id] = entry }
    let unproved = entries.values.filter { entry in
      guard entry.status == .drop else { return false }
      let survivor = entry.duplicateOf.flatMap { entries[$0] }
      return survivor?.status != .keep || (entry.similarity ?? 0) < 0.8
    }
    let found = pairs.filter { pair in
      let cluster = entries["d\(pair.original)"]?.cluster
      return cluster != nil && cluster == entries["d\(pair.copy)"]?.cluster
    }
    let recall = Double(found.count) / Double(max(1, pairs.count))
    // Of the shortest documents a replaced word leaves less than the threshold.
    if unproved.isEmpty && recall >= 0.9 { return true }
    print("\(name): \(unproved.count) drops without proof, recall of planted pairs \(recall)")
    return false
  }

  private func processorSeconds(_ summary: ScanSummary) -> Double {
    summary.stages.reduce(0) { $0 + $1.processorSeconds }
  }
}
