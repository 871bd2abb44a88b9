internal import RepriseSystem
internal import Synchronization

/// Shows the progress of a run: a bar on a terminal, otherwise a line every few seconds.
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

  /// Creates a display; `now` returns the time in seconds of a monotonic clock.
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

  /// Records a progress report, from any thread, and shows it if the last one is old enough.
  func report(_ progress: ProgressStep) {
    let time = now()
    state.withLock { state in
      // Reports are much more frequent than lines, and the meter's rate covers the time between
      // lines.
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

  /// Removes the bar.
  func finish() { stream.clear() }

  /// Returns the time of the system's monotonic clock in seconds.
  static func monotonicSeconds() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
