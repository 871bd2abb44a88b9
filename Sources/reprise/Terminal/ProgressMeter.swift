internal import Reprise

/// Computes the rate and remaining time of the current phase, and formats them as a line.
struct ProgressMeter: Sendable {
  private var progress: ProgressStep?
  private var lastTime = 0.0
  private var phaseStart = 0.0
  private(set) var unitsPerSecond = 0.0

  /// Records a report at `time`, in seconds of a monotonic clock.
  mutating func update(_ new: ProgressStep, at time: Double) {
    guard let old = progress, old.phase == new.phase else {
      progress = new
      lastTime = time
      phaseStart = time
      unitsPerSecond = 0
      return
    }
    // A report that arrives after a later one has no new information.
    guard new.completed >= old.completed && time > lastTime else { return }
    let sample = Double(new.completed - old.completed) / (time - lastTime)
    // The rate is the mean over the phase at first, then over about the last 5 seconds.
    let weight = (time - lastTime) / min(5, time - phaseStart)
    unitsPerSecond += min(1, weight) * (sample - unitsPerSecond)
    progress = new
    lastTime = time
  }

  /// Records a report that is not shown if it begins a phase, because rates are measured from then.
  mutating func beginPhase(of new: ProgressStep, at time: Double) {
    if progress?.phase != new.phase { update(new, at: time) }
  }

  /// The seconds until the phase ends, if they can be estimated.
  var secondsLeft: Double? {
    guard let progress, let total = progress.total, unitsPerSecond > 0 else { return nil }
    return Double(max(0, total - progress.completed)) / unitsPerSecond
  }

  /// The line for a log: `reading 42 %, 123 MB/s, 1,234 documents, 12 s left`.
  var plainLine: String {
    guard let progress else { return "" }
    return "\(progress.phase) " + facts.joined(separator: ", ")
  }

  /// Returns the line for a terminal, with a bar if it is wide enough.
  func barLine(_ terminal: Terminal) -> String {
    guard let progress else { return "" }
    // The last column stays empty, because some terminals wrap when it is filled.
    let width = terminal.width - 1
    let phase = progress.phase.aligned(left: 9)
    var shown = facts
    if share != nil { shown[0] = shown[0].aligned(right: 5) }
    var text = ([phase] + shown).joined(separator: "  ")
    while text.columnCount > width && shown.count > 1 {
      shown.removeLast()
      text = ([phase] + shown).joined(separator: "  ")
    }
    guard let share else { return text.fitted(to: width) }
    let room = min(30, width - text.columnCount - 4)
    guard room >= 8 else { return text.fitted(to: width) }
    let filled = Int(share * Double(room))
    let bar =
      terminal.green(String(repeating: "=", count: filled))
      + String(repeating: " ", count: room - filled)
    return ([phase, "[\(bar)]"] + shown).joined(separator: "  ")
  }

  private var share: Double? {
    guard let progress, let total = progress.total, total > 0 else { return nil }
    return min(1, max(0, Double(progress.completed) / Double(total)))
  }

  private var facts: [String] {
    guard let progress else { return [] }
    let isBytes = progress.unit == .bytes
    var facts: [String] = []
    if let share {
      facts.append("\(Int(share * 100)) %")
    } else if isBytes {
      facts.append(Numbers.bytes(progress.completed))
    }
    if unitsPerSecond > 0 {
      let documentsPerSecond = Numbers.grouped(Int(min(1e15, unitsPerSecond.rounded())))
      facts.append(isBytes ? Numbers.rate(unitsPerSecond) : "\(documentsPerSecond)/s")
    }
    if let documents = progress.documents {
      facts.append(Numbers.count(documents, "document"))
    }
    if let secondsLeft { facts.append("\(Numbers.duration(secondsLeft)) left") }
    return facts
  }
}
