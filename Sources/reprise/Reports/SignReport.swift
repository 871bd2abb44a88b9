internal import Reprise

extension Sign.Report {
  /// The report as text.
  func text(output: BytePath) -> String {
    let start = wasComplete ? "Nothing to do: this is signed already, " : "Signed "
    var lines = [
      start + "\(Numbers.count(documentCount, "document")) in "
        + "\(Numbers.count(inputCount, "file")): \(SafeText.line(output.text)), "
        + "\(Numbers.bytes(byteCount)).",
      "To scan it, alone or with other shards, use the same options:",
      "  reprise scan --signatures \(SafeText.line(shellQuoted(output)))",
    ]
    if let line = leftOut.line { lines.append(line) }
    if problemCount > 0 {
      lines.append(
        "\(Numbers.count(problemCount, "problem")), to be listed in the scan's problems.jsonl.")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The report as one line of JSON.
  func json(output: BytePath) -> String {
    jsonReport { writer in
      writer.field("output", output)
      writer.field("files", inputCount)
      writer.field("left_out", leftOut)
      writer.field("documents", documentCount)
      writer.field("problems", problemCount)
      writer.field("bytes", byteCount)
      writer.field("was_complete", wasComplete)
    }
  }
}
