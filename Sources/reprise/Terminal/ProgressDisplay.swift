internal import Glibc
internal import Synchronization

/// Shows how far a run is: a bar on a terminal, else a line now and then if it takes long.
final class ProgressDisplay: Sendable {
  private struct State {
    var meter = ProgressMeter()
    var lastShown: Double
  }

  private let terminal: Terminal
  private let stream: MessageStream
  private let now: @Sendable () -> Double
  private let interval: Double
  private let state: Mutex<State>

  /// Creates a display; `now` is the time in seconds of a clock that only advances.
  init(
    terminal: Terminal, stream: MessageStream,
    now: @escaping @Sendable () -> Double = ProgressDisplay.monotonicSeconds
  ) {
    self.terminal = terminal
    self.stream = stream
    self.now = now
    interval = terminal.canRedraw ? 0.1 : 5
    state = Mutex(State(lastShown: now()))
  }

  /// Takes a report; from any thread.
  func report(_ progress: ProgressStep) {
    let time = now()
    state.withLock { state in
      // Reports come far more often than lines: the meter's rate is about the time between lines.
      guard time - state.lastShown >= interval else {
        return state.meter.beginPhase(of: progress, at: time)
      }
      state.meter.update(progress, at: time)
      state.lastShown = time
      if terminal.canRedraw {
        stream.transient(state.meter.barLine(terminal))
      } else {
        stream.line("reprise: " + state.meter.plainLine)
      }
    }
  }

  /// Takes the bar away.
  func finish() { stream.clear() }

  /// The system's monotonic clock.
  static func monotonicSeconds() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
