internal import Glibc
internal import Reprise

/// Ends the process on Ctrl-C and SIGTERM, whatever its threads are doing.
///
/// What a run has on the disk may be left at any moment: another run goes on from it.
enum Interruption {
  /// Waits for the signals on a thread of its own from now on; threads made later do not see them.
  ///
  /// - Parameter stop: called on that thread; tells what is left of the run.
  static func watch(_ stop: @escaping @Sendable () -> StoppedRun) {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe sigaddset(&signals, SIGINT)
    unsafe sigaddset(&signals, SIGTERM)
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    let watch = unsafe Unmanaged.passRetained(Watch(signals, stop)).toOpaque()
    var thread = pthread_t()
    unsafe _ = pthread_create(&thread, nil, watchMain, watch)
  }

  fileprivate final class Watch: Sendable {
    private let signals: sigset_t
    private let stop: @Sendable () -> StoppedRun

    init(_ signals: sigset_t, _ stop: @escaping @Sendable () -> StoppedRun) {
      self.signals = signals
      self.stop = stop
    }

    func run() {
      var signals = signals
      var number: Int32 = 0
      while unsafe sigwait(&signals, &number) != 0 {}
      MessageStream.standardError.line("reprise: " + Self.message(stop()))
      _exit(128 + number)
    }

    private static func message(_ left: StoppedRun) -> String {
      switch left {
      case .notBegun: "stopped."
      case .resumable: "stopped. Run the same command with --resume to continue."
      case .lost:
        "stopped. Standard input cannot be read again, so the next run starts from the beginning."
      }
    }
  }
}

private func watchMain(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let argument = unsafe argument else { return nil }
  unsafe Unmanaged<Interruption.Watch>.fromOpaque(argument).takeRetainedValue().run()
  return nil
}
