/// How a file's content is cut into records.
public enum RecordFormat: String, Hashable, Sendable, CaseIterable {
  /// One document a file, or several articles by a rule.
  case text
  /// One JSON object a line.
  case jsonLines = "jsonl"

  /// What a file's name says, after an ending for compression: `.jsonl`, `.ndjson` and `.jsonlines`
  /// are JSON Lines, everything else is text.
  public init(fileName: BytePath) {
    let name = Compression.strippedName(fileName)
    let isLines =
      name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson") || name.hasSuffix(".jsonlines")
    self = isLines ? .jsonLines : .text
  }
}
