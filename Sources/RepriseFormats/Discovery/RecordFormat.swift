/// The format of a file's content.
public enum RecordFormat: String, Hashable, Sendable, CaseIterable {
  /// One document per file, or several articles separated by a rule.
  case text
  /// One JSON object per line.
  case jsonLines = "jsonl"
  /// One JSON array of objects.
  case jsonArray = "json"
  /// A Parquet file, whose rows are documents.
  case parquet

  /// True if records are JSON objects.
  public var isJSON: Bool { self == .jsonLines || self == .jsonArray }

  /// True if documents are records with fields: JSON objects or rows.
  public var hasFields: Bool { self != .text }

  /// Derives the format from a file name, ignoring a compression suffix: `.jsonl`, `.ndjson` and
  /// `.jsonlines` are JSON Lines, `.parquet` is Parquet, everything else is text unless its content says otherwise.
  public init(fileName: BytePath) {
    let name = Compression.strippedName(fileName)
    guard !name.hasSuffix(".parquet") else {
      self = .parquet
      return
    }
    let isLines =
      name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson") || name.hasSuffix(".jsonlines")
    self = isLines ? .jsonLines : .text
  }
}
