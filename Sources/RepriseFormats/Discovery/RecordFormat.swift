/// The format of a file's content.
public enum RecordFormat: String, Hashable, Sendable, CaseIterable {
  /// One document per file, or several articles separated by a rule.
  case text
  /// One JSON object per line.
  case jsonLines = "jsonl"
  /// One JSON array of objects.
  case jsonArray = "json"

  /// True if records are JSON objects.
  public var isJSON: Bool { self != .text }

  /// Derives the format from a file name, ignoring a compression suffix: `.jsonl`, `.ndjson` and
  /// `.jsonlines` are JSON Lines, everything else is text unless its content says otherwise.
  public init(fileName: BytePath) {
    let name = Compression.strippedName(fileName)
    let isLines =
      name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson") || name.hasSuffix(".jsonlines")
    self = isLines ? .jsonLines : .text
  }
}
