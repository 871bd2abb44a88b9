internal import Reprise

extension CleaningReport {
  /// Writes the report as text.
  ///
  /// - Parameters:
  ///   - output: the folder that was written.
  ///   - columns: true if all documents were kept, and columns added.
  /// - Returns: the lines.
  func text(output: BytePath, columns: Bool) -> String {
    let kept = Numbers.count(documentCount - droppedCount - unreadableCount, "document")
    let share = Numbers.percent(droppedCount, of: documentCount)
    var lines = [
      "Wrote \(Numbers.count(writtenFileCount, "file")) to \(SafeText.line(output.text)): \(kept), "
        + "\(Numbers.bytes(outputByteCount)).",
      columns
        ? "Nothing was removed. Each record has the decision on it, from reprise_status on."
        : "Removed \(Numbers.count(droppedCount, "document")) (\(share)), "
          + "\(Numbers.bytes(inputByteCount - outputByteCount)) in all.",
    ]
    if unreadableCount > 0 {
      lines.append("Removed \(Numbers.count(unreadableCount, "document")) that could not be read.")
    }
    if trimmedCount > 0 {
      lines.append("Cut passages from \(Numbers.count(trimmedCount, "document")).")
    }
    if !omittedFiles.isEmpty {
      lines.append(
        "Not written, because no document is left: \(Numbers.count(omittedFiles.count, "file"))."
      )
    }
    if !problems.isEmpty {
      lines.append("\n\(Numbers.count(problems.count, "problem")):")
      lines.append(contentsOf: problems.map { "  " + SafeText.line($0.message) })
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The report as one line of JSON.
  func json(output: BytePath) -> String {
    jsonReport { writer in
      writer.field("output", output)
      writer.field("files_written", writtenFileCount)
      writer.field("files_omitted", omittedFiles.count)
      writer.field("documents", documentCount)
      writer.field("dropped", droppedCount)
      writer.field("dropped_unreadable", unreadableCount)
      writer.field("trimmed", trimmedCount)
      writer.field("bytes_read", inputByteCount)
      writer.field("bytes_written", outputByteCount)
      writer.objects("problems", problems) { writer, problem in
        writer.field("class", problem.reason.name)
        writer.field("message", problem.message)
      }
    }
  }
}
