internal import Reprise

extension ScanSummary {
  /// The content of `summary.json` as one line, safe to show on a terminal.
  func json() -> String {
    var writer = JSONWriter(capacity: 1 << 16)
    file.write(to: &writer)
    writer.endLine()
    return SafeText.json(
      unsafe writer.buffer.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) })
  }

  /// Problems by class, the most frequent first.
  var sortedProblems: [(name: String, count: Int)] {
    problems.map { (name: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.name) < ($0.count, $1.name) }
  }
}
