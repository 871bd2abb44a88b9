internal import Reprise

/// What `clean` did, for people and for programs.
enum CleanReport {
  static func text(_ summary: CleanSummary, output: String) -> String {
    let kept = summary.documentCount - summary.droppedCount
    let share = Numbers.percent(summary.droppedCount, of: summary.documentCount)
    return """
      Wrote \(Numbers.count(summary.sourceCount, "file")) to \(SafeText.line(output)): \
      \(Numbers.count(kept, "document")), \(Numbers.bytes(summary.bytesWritten)).
      Left out \(Numbers.count(summary.droppedCount, "document")) (\(share)), \
      \(Numbers.bytes(summary.bytesRead - summary.bytesWritten)).

      """
  }

  static func json(_ summary: CleanSummary, output: String) -> String {
    jsonReport { writer in
      writer.field("output", output)
      writer.field("sources", summary.sourceCount)
      writer.field("documents", summary.documentCount)
      writer.field("dropped", summary.droppedCount)
      writer.field("bytes_read", summary.bytesRead)
      writer.field("bytes_written", summary.bytesWritten)
    }
  }
}
