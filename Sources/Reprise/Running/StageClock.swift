internal import Glibc

/// Measures the wall-clock and processor time of a run's stages.
struct StageClock {
  private(set) var stages: [ScanSummary.Stage] = []
  private var lastWall = Self.seconds(CLOCK_MONOTONIC)
  private var lastProcessor = Self.seconds(CLOCK_PROCESS_CPUTIME_ID)

  /// Ends a stage.
  ///
  /// Its time is the time since the previous stage ended.
  mutating func end(_ name: String) {
    let wall = Self.seconds(CLOCK_MONOTONIC)
    let processor = Self.seconds(CLOCK_PROCESS_CPUTIME_ID)
    stages.append(
      ScanSummary.Stage(
        name: name, seconds: wall - lastWall, processorSeconds: processor - lastProcessor))
    (lastWall, lastProcessor) = (wall, processor)
  }

  private static func seconds(_ clock: Int32) -> Double {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
