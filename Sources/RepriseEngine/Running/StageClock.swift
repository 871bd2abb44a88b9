internal import RepriseSystem

/// The time of a stage.
package struct StageTime: Sendable {
  /// The name of the stage.
  package var name: String
  /// Wall-clock seconds.
  package var seconds: Double
  /// Seconds of all processors.
  package var processorSeconds: Double
}

/// Measures the wall-clock and processor time of a run's stages.
struct StageClock {
  private(set) var stages: [StageTime] = []
  private var lastWall = Self.seconds(CLOCK_MONOTONIC)
  private var lastProcessor = Self.seconds(CLOCK_PROCESS_CPUTIME_ID)

  /// Ends a stage.
  ///
  /// Its time is the time since the previous stage ended. Those of one name are added.
  mutating func end(_ name: String) {
    let wall = Self.seconds(CLOCK_MONOTONIC)
    let processor = Self.seconds(CLOCK_PROCESS_CPUTIME_ID)
    var stage = StageTime(
      name: name, seconds: wall - lastWall, processorSeconds: processor - lastProcessor)
    if let known = stages.firstIndex(where: { $0.name == name }) {
      stage.seconds += stages[known].seconds
      stage.processorSeconds += stages[known].processorSeconds
      stages[known] = stage
    } else {
      stages.append(stage)
    }
    (lastWall, lastProcessor) = (wall, processor)
  }

  private static func seconds(_ clock: Int32) -> Double {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
