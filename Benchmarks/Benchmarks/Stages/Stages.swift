import Benchmark
import GeneratedCorpus
import Reprise

/// Throughput of every stage on fixed input.
///
/// Each benchmark checks what it computed: a fast wrong answer stops the run.
let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.cpuTotal, .wallClock, .throughput], warmupIterations: 2, maxDuration: .seconds(3),
    maxIterations: 200)
  textBenchmarks()
  signatureBenchmarks()
  matchingBenchmarks()
  scanBenchmarks()
}

/// Documents of a generated corpus, in memory.
func texts(meanByteCount: Int, byteCount: Int) -> [[UInt8]] {
  var texts: [[UInt8]] = []
  _ = GeneratedCorpus(meanByteCount: meanByteCount, byteCount: byteCount)
    .generate { texts.append($0) }
  return texts
}

/// Stops the run if a result is not what it must be.
func require(_ condition: Bool, _ what: String) {
  if !condition { fatalError("wrong result: \(what)") }
}

/// Distinct pseudo-random shingle ids.
func ids(_ count: Int, seed: UInt64 = 7) -> [UInt64] {
  var generator = SplitMix64(state: seed)
  return (0..<count).map { _ in generator.next() }
}
