import Foundation
import Synchronization
import Testing

@testable import Reprise
@testable import RepriseEngine

@Suite("Larger: a run that is stopped")
struct RunControlTests {
  private let workspace: Workspace

  init() throws {
    workspace = try Workspace()
    for number in 0..<20 { try workspace.write("corpus/\(number).txt", text: "text \(number)") }
  }

  private func options() -> ScanOptions {
    var options = ScanOptions(paths: [workspace.path("corpus")])
    options.output.folder = workspace.path("out")
    return options
  }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: workspace.path("")).sorted()
  }

  @Test("Who stops a run waits for results that are being put in their place")
  func commitInFlight() throws {
    let cancellation = Cancellation()
    let control = RunControl(cancellation)
    let isCommitting = DispatchSemaphore(value: 0)
    let isDone = Mutex(false)
    let thread = Thread {
      _ = try? control.commit { () throws(CorpusError) in
        isCommitting.signal()
        usleep(100_000)
        isDone.withLock { $0 = true }
        return []
      }
    }
    thread.start()
    isCommitting.wait()
    #expect(cancellation.cancel() == .done)
    #expect(isDone.withLock { $0 })
    #expect(cancellation.cancel() == .done)
  }

  @Test("Nothing is put in its place or begun once a run was stopped")
  func commitAfterwards() throws {
    let cancellation = Cancellation()
    let control = RunControl(cancellation)
    let results = try control.begin { () throws(CorpusError) in
      try ResultsFolder(creating: BytePath(workspace.path("out")))
    }
    #expect(cancellation.cancel() == .notBegun)
    #expect(try names() == ["corpus"])
    let isCalled = Mutex(false)
    let stopped = #expect(throws: CorpusError.self) {
      try control.commit { () throws(CorpusError) in
        isCalled.withLock { $0 = true }
        return []
      }
    }
    #expect(stopped?.reason == .stopped && isCalled.withLock { !$0 })
    #expect(throws: CorpusError.self) {
      try control.begin { () throws(CorpusError) in
        try ResultsFolder(creating: BytePath(workspace.path("again")))
      }
    }
    let scratch = try CheckedOptions(options()).scratchFolder
    #expect(throws: CorpusError.self) {
      try control.begin(isResumable: false) { () throws(CorpusError) in
        try scratch.claim()
      }
    }
    withExtendedLifetime(results) {}
    #expect(try names() == ["corpus"])
  }

  @Test("A scan that is stopped at any step leaves no results, and another one goes on")
  func everyStep() throws {
    for step in 0..<8 {
      let cancellation = Cancellation()
      let steps = Mutex(0)
      let left = Mutex<Cancellation.Outcome?>(nil)
      let stop: @Sendable (RunProgress) -> Void = { _ in
        let isDue = steps.withLock { count in
          defer { count += 1 }
          return count == step
        }
        if isDue { left.withLock { $0 = cancellation.cancel() } }
      }
      guard (try? Scan(options()).run(progress: stop, cancellation: cancellation)) == nil else {
        #expect(step >= steps.withLock { $0 })
        break
      }
      // The first report comes before anything is written.
      let outcome = step == 0 ? Cancellation.Outcome.notBegun : .resumable
      #expect(left.withLock { $0 } == outcome, "step \(step)")
      let rest = step == 0 ? ["corpus"] : [".out.scratch", "corpus"]
      #expect(try names() == rest, "step \(step)")
      var resumed = options()
      resumed.resources.resumes = true
      _ = try Scan(resumed).run()
      #expect(try names() == ["corpus", "out"], "step \(step)")
      try FileManager.default.removeItem(at: workspace.url("out"))
    }
  }

  @Test("A cleaning that is stopped leaves nothing, whether it has begun or not")
  func cleaning() throws {
    _ = try workspace.scan("corpus", into: "results")
    let options = CleanOptions(
      results: workspace.path("results"), output: workspace.path("out"))
    let cancellation = Cancellation()
    let stopped = #expect(throws: RepriseError.self) {
      try Clean(options).run(
        progress: { _ in _ = cancellation.cancel() }, cancellation: cancellation)
    }
    #expect(stopped != nil)
    #expect(try names() == ["corpus", "results"])
    #expect(throws: RepriseError.self) { try Clean(options).run(cancellation: cancellation) }
    #expect(try names() == ["corpus", "results"])
    let another = Cancellation()
    _ = try Clean(options).run(cancellation: another)
    #expect(another.cancel() == .done)
    #expect(try names() == ["corpus", "out", "results"])
  }
}
