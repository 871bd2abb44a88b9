import Synchronization
import Testing

@testable import reprise

/// What a display writes, at times that the test says.
private final class Recorder: Sendable {
  let time = Mutex(0.0)
  let text = Mutex("")

  var stream: MessageStream { MessageStream { text in self.text.withLock { $0 += text } } }

  func display(_ terminal: Terminal) -> ProgressDisplay {
    ProgressDisplay(terminal: terminal, stream: stream) { self.time.withLock { $0 } }
  }

  /// What was written since the last call.
  func taken() -> String {
    text.withLock { text in
      defer { text = "" }
      return text
    }
  }
}

@Suite("RunProgress")
struct ProgressTests {
  private let wide = Terminal(canRedraw: true, hasColor: false, width: 80)

  private func reading(_ completed: Int, of total: Int?, documents: Int = 1234) -> ProgressStep {
    ProgressStep(
      phase: "reading", completed: completed, total: total, unit: .bytes, documents: documents)
  }

  @Test("shows a bar, a rate and the time left")
  func barLine() {
    var meter = ProgressMeter()
    meter.update(reading(0, of: 100_000_000, documents: 0), at: 10)
    meter.update(reading(25_000_000, of: 100_000_000), at: 11)
    #expect(
      meter.barLine(wide)
        == "reading    [====               ]   25 %  25.0 MB/s  1,234 documents  3.0 s left"
    )
    #expect(meter.plainLine == "reading 25 %, 25.0 MB/s, 1,234 documents, 3.0 s left")
  }

  @Test("fits every width", arguments: 20...120)
  func fits(width: Int) {
    var meter = ProgressMeter()
    meter.update(reading(0, of: 100_000_000, documents: 0), at: 10)
    meter.update(reading(99_000_000, of: 100_000_000, documents: 123_456_789), at: 11)
    let terminal = Terminal(canRedraw: true, hasColor: false, width: width)
    #expect(meter.barLine(terminal).columnCount < width)
  }

  @Test("does without a total")
  func unknownTotal() {
    var meter = ProgressMeter()
    meter.update(reading(0, of: nil), at: 0)
    meter.update(reading(3_000_000, of: nil), at: 2)
    #expect(meter.barLine(wide) == "reading    3.0 MB  1.5 MB/s  1,234 documents")
    #expect(meter.secondsLeft == nil)
  }

  @Test("forgets an old rate in a few seconds")
  func rateFollows() {
    var meter = ProgressMeter()
    for second in 0...20 { meter.update(reading(second * 100, of: 100_000), at: Double(second)) }
    #expect(abs(meter.unitsPerSecond - 100) < 1e-9)
    for second in 21...50 {
      meter.update(reading(2000 + (second - 20) * 200, of: 100_000), at: Double(second))
    }
    #expect(abs(meter.unitsPerSecond - 200) < 1)
  }

  @Test("is not confused by a report that comes late")
  func lateReport() {
    var meter = ProgressMeter()
    meter.update(reading(0, of: 1000), at: 0)
    meter.update(reading(500, of: 1000), at: 1)
    meter.update(reading(400, of: 1000), at: 2)
    #expect(meter.unitsPerSecond == 500)
    #expect(meter.secondsLeft == 1)
  }

  @Test("redraws ten times a second at most, and clears the line at the end")
  func redraws() {
    let recorder = Recorder()
    let display = recorder.display(wide)
    for step in 0...1000 {
      recorder.time.withLock { $0 = Double(step) / 1000 }
      display.report(reading(step * 1000, of: 1_000_000))
    }
    let shown = recorder.taken()
    #expect((8...10).contains(shown.split(separator: "reading").count))
    #expect(!shown.contains("\n"))
    display.finish()
    #expect(recorder.taken() == "\r\u{1B}[2K")
    display.finish()
    #expect(recorder.taken() == "")
  }

  @Test("is a line every five seconds where lines cannot be redrawn")
  func plainLines() {
    let recorder = Recorder()
    let display = recorder.display(.none)
    for second in 0...12 {
      recorder.time.withLock { $0 = Double(second) }
      display.report(reading(second * 1_000_000, of: 100_000_000))
    }
    display.finish()
    #expect(
      recorder.taken() == """
        reprise: reading 5 %, 1.0 MB/s, 1,234 documents, 1 min 35 s left
        reprise: reading 10 %, 1.0 MB/s, 1,234 documents, 1 min 30 s left

        """)
  }

  @Test("makes way for messages")
  func messages() {
    let recorder = Recorder()
    let stream = recorder.stream
    stream.transient("42 %")
    stream.line("reprise: hello")
    stream.line("again")
    #expect(recorder.taken() == "42 %\r\u{1B}[2Kreprise: hello\nagain\n")
  }

  @Test("has colour only where it is wanted")
  func color() {
    var meter = ProgressMeter()
    meter.update(reading(0, of: 100), at: 0)
    meter.update(reading(50, of: 100), at: 1)
    #expect(!meter.barLine(wide).contains("\u{1B}"))
    let colored = Terminal(canRedraw: true, hasColor: true, width: 80)
    #expect(meter.barLine(colored).contains("\u{1B}[32m="))
  }
}
