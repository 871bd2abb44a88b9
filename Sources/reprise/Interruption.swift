internal import Reprise
internal import RepriseSystem
internal import Synchronization

/// Ends the process on Ctrl-C, SIGTERM, SIGHUP and SIGQUIT, while other threads may be running.
///
/// A scan can leave its scratch folder in any state, because a resumed run checks what it finds.
enum Interruption {
  /// Locked from the signal to the end of the process.
  private static let stopping = Mutex(())

  /// Starts a thread that waits for the signals.
  ///
  /// Threads created later do not receive them.
  ///
  /// - Parameter stop: called on that thread; cleans up and returns the message to print.
  static func watch(_ stop: @escaping @Sendable () -> String) {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    for number in [SIGINT, SIGTERM, SIGQUIT] { unsafe sigaddset(&signals, number) }
    // A run started with nohup must survive the end of the terminal.
    if !SystemCalls.isIgnored(signal: SIGHUP) { unsafe sigaddset(&signals, SIGHUP) }
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    let watch = unsafe Unmanaged.passRetained(Watch(signals, stop))
    var thread = pthread_t()
    guard unsafe pthread_create(&thread, nil, watchMain, watch.toOpaque()) != 0 else { return }
    // Without the thread the signals would wait for ever; unblocked, they end the process.
    unsafe watch.release()
    unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// Starts a thread that stops a run whose output is written whole or not at all.
  static func watchOutput(_ cancellation: Cancellation) {
    watch {
      cancellation.cancel() == .done
        ? "stopped. The output is complete."
        : "stopped, and what was written so far has been removed."
    }
  }

  /// Blocks for ever once a signal ends the process: the thread of the signal prints the last
  /// message.
  static func waitIfStopping() { stopping.withLock { _ in } }

  /// Returns the message about a stopped scan or sign run.
  static func message(_ left: Cancellation.Outcome) -> String {
    switch left {
    case .notBegun: "stopped."
    case .resumable: "stopped. Run the same command with --resume to continue."
    case .lost:
      "stopped. Standard input cannot be read again, so the next run starts from the beginning."
    case .done: "stopped. The output is complete."
    }
  }

  fileprivate final class Watch: Sendable {
    private let signals: sigset_t
    private let stop: @Sendable () -> String

    init(_ signals: sigset_t, _ stop: @escaping @Sendable () -> String) {
      self.signals = signals
      self.stop = stop
    }

    func run() {
      var signals = signals
      var number: Int32 = 0
      while unsafe sigwait(&signals, &number) != 0 {}
      stopping.withLock { _ in
        MessageStream.standardError.line("reprise: " + stop())
        _exit(128 + number)
      }
    }
  }
}

private func watchMain(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let argument = unsafe argument else { return nil }
  unsafe Unmanaged<Interruption.Watch>.fromOpaque(argument).takeRetainedValue().run()
  return nil
}
