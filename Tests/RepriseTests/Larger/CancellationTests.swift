import Foundation
import Synchronization
import Testing

@testable import Reprise

/// Cancels runs at many times, in every phase.
@Suite("Larger: a run that is cancelled", .serialized)
struct CancellationTests {
  /// The time in seconds in which a cancelled run must have thrown.
  ///
  /// Debug builds on a busy machine are slower than the 200 ms of a release build.
  private static let limit = 2.0

  private let workspace: Workspace

  init() throws {
    workspace = try Workspace()
    let corpus = MixedCorpus(families: 500, seed: 12)
    try workspace.write("corpus/a.jsonl", records: corpus.records)
    try workspace.write(
      "corpus/b.jsonl.gz", TestRecord.lines(corpus.records), packed: .gzip)
  }

  private func options() -> ScanOptions {
    var options = ScanOptions(paths: [workspace.path("corpus")])
    options.output.folder = workspace.path("out")
    options.resources.threads = 2
    return options
  }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: workspace.path("")).sorted()
  }

  /// Cancels a run on another thread when it reports a phase, and returns the seconds until it ends.
  ///
  /// A busy machine may hold back one run that is stopping: the least of up to three counts.
  private func seconds(
    toStopIn phase: RunProgress.Phase,
    _ run: (@escaping @Sendable (RunProgress) -> Void, Cancellation) throws -> Void
  ) -> Double? {
    var least: Double?
    for _ in 0..<3 where least ?? .infinity >= Self.limit {
      guard let time = secondsOnce(toStopIn: phase, run) else { return nil }
      least = min(least ?? .infinity, time)
    }
    return least
  }

  private func secondsOnce(
    toStopIn phase: RunProgress.Phase,
    _ run: (@escaping @Sendable (RunProgress) -> Void, Cancellation) throws -> Void
  ) -> Double? {
    let cancellation = Cancellation()
    let cancelled = Mutex<Double?>(nil)
    let isCancelled = DispatchSemaphore(value: 0)
    let progress: @Sendable (RunProgress) -> Void = { progress in
      guard progress.phase == phase, phase != .reading || progress.completed > 0 else { return }
      let isFirst = cancelled.withLock { time in
        defer { time = time ?? ProcessInfo.processInfo.systemUptime }
        return time == nil
      }
      guard isFirst else { return }
      Thread.detachNewThread {
        _ = cancellation.cancel()
        isCancelled.signal()
      }
      isCancelled.wait()
    }
    let error = #expect(throws: RepriseError.self) { try run(progress, cancellation) }
    #expect(error?.isCancelled == true, "\(String(describing: error))")
    return cancelled.withLock { $0 }.map { ProcessInfo.processInfo.systemUptime - $0 }
  }

  @Test(
    "A scan ends soon in every phase, leaves no results, and can be continued",
    arguments: [RunProgress.Phase.reading, .matching, .verifying, .passages, .writing])
  func scan(_ phase: RunProgress.Phase) throws {
    let time = seconds(toStopIn: phase) { progress, cancellation throws(RepriseError) in
      _ = try Scan(options()).run(progress: progress, cancellation: cancellation)
    }
    #expect(try #require(time) < Self.limit)
    #expect(try names() == [".out.scratch", "corpus"])
    var resumed = options()
    resumed.resources.resumes = true
    _ = try Scan(resumed).run()
    #expect(try names() == ["corpus", "out"])
  }

  @Test("A signing ends soon and can be continued")
  func sign() throws {
    let options = SignOptions(options(), file: workspace.path("signatures"))
    let time = seconds(toStopIn: .reading) { progress, cancellation throws(RepriseError) in
      _ = try Sign(options).run(progress: progress, cancellation: cancellation)
    }
    #expect(try #require(time) < Self.limit)
    #expect(try names() == [".signatures.scratch", "corpus"])
  }

  @Test("A cleaning ends soon and leaves nothing")
  func clean() throws {
    _ = try Scan(options()).run()
    let options = CleanOptions(results: workspace.path("out"), output: workspace.path("cleaned"))
    let time = seconds(toStopIn: .cleaning) { progress, cancellation throws(RepriseError) in
      _ = try Clean(options).run(progress: progress, cancellation: cancellation)
    }
    #expect(try #require(time) < Self.limit)
    #expect(try names() == ["corpus", "out"])
  }

  @Test("A run whose cancellation was cancelled before does not begin")
  func before() throws {
    let cancellation = Cancellation()
    #expect(cancellation.cancel() == .notBegun)
    let error = #expect(throws: RepriseError.self) {
      try Scan(options()).run(cancellation: cancellation)
    }
    #expect(error?.isCancelled == true)
    #expect(try names() == ["corpus"])
  }
}
