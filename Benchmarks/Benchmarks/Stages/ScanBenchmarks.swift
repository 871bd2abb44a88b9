import Benchmark
import GeneratedCorpus
import Glibc
import Reprise

/// The whole path from a JSON Lines file to results: one iteration is a scan of 20 MB of text.
func scanBenchmarks() {
  for (name, mean) in [("500 B", 500), ("3 KB", 3_000), ("30 KB", 30_000)] {
    for (find, threads) in [(FindScope.documents, 1), (.documents, 2), (.all, 1)] {
      Benchmark(
        "scan for \(find.rawValue), documents of \(name), 20 MB, \(threads) threads"
      ) { benchmark in
        let folder = "/tmp/reprise-stages-\(getpid())-\(mean)-\(find.rawValue)-\(threads)"
        mkdir(folder, 0o700)
        defer {
          for name in ResultsFolder.Name.allCases { unlink("\(folder)/results/\(name.rawValue)") }
          for name in ["results", "corpus.jsonl"] { remove("\(folder)/\(name)") }
          rmdir(folder)
        }
        let corpus = GeneratedCorpus(meanByteCount: mean, byteCount: 20_000_000)
        let written = try corpus.write(to: "\(folder)/corpus.jsonl")
        var options = ScanOptions(paths: ["\(folder)/corpus.jsonl"])
        options.matching.find = find
        options.resources.threads = threads
        options.output.folder = "\(folder)/results"
        let scan = Scan(options)
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
          let summary = try scan.run()
          let dropped = summary.documents.exactDuplicates + summary.documents.nearDuplicates
          require(summary.documents.total == written.documentCount, "documents")
          // Of the shortest documents a replaced word leaves less than the threshold.
          require(dropped * 10 >= written.pairs.count * 9, "planted duplicates")
        }
        benchmark.stopMeasurement()
      }
    }
  }
}
