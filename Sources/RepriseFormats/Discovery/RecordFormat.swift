/// The format of a file's content.
public enum RecordFormat: String, Hashable, Sendable, CaseIterable {
  /// One document per file, or several articles separated by a rule.
  case text
  /// One JSON object per line.
  case jsonLines = "jsonl"
  /// One JSON array of objects.
  case jsonArray = "json"
  /// A table with a header (RFC 4180), its fields separated by commas or another character.
  case csv
  /// A table with a header, its fields separated by tabs.
  case tsv
  /// A Parquet file, whose rows are documents.
  case parquet

  /// True if records have fields: JSON objects, and rows of a table.
  package var hasFields: Bool { self != .text }

  /// True if records are rows of a table.
  package var isTable: Bool { self == .csv || self == .tsv }

  /// Derives the format from a file name, ignoring a compression suffix: `.jsonl`, `.ndjson` and
  /// `.jsonlines` are JSON Lines, `.csv`, `.tsv` and `.tab` are tables, `.parquet` is Parquet,
  /// everything else is text unless its content says otherwise.
  package init(fileName: BytePath) {
    let name = Compression.strippedName(fileName)
    self = Self.suffixes.first { $0.names.contains(where: name.hasSuffix) }?.format ?? .text
  }

  private static let suffixes: [(format: RecordFormat, names: [StaticString])] = [
    (.jsonLines, [".jsonl", ".ndjson", ".jsonlines"]), (.csv, [".csv"]), (.tsv, [".tsv", ".tab"]),
    (.parquet, [".parquet"]),
  ]
}
