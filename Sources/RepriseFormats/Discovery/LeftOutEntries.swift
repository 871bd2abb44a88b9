/// The numbers of folder entries that are not inputs, by reason.
///
/// A folder counts as one entry, regardless of its content.
public struct LeftOutEntries: Hashable, Sendable {
  /// Names that begin with a dot.
  public var hidden = 0
  /// Entries excluded by the patterns, or named by ignore files.
  public var excluded = 0
  /// Entries that are neither files nor folders.
  public var special = 0
  /// Files and folders that were already reached by a different path.
  public var repeated = 0
  /// Folders with the results of an earlier run.
  public var resultsFolders = 0

  /// Creates counts of zero.
  public init() {}

  /// Creates counts from a function of their names.
  public init(_ count: (_ name: String) -> Int) {
    for (name, field) in Self.fields { self[keyPath: field] = count(name) }
  }

  /// The counts with the names under which they are reported.
  public var counts: [(name: String, count: Int)] {
    Self.fields.map { ($0.name, self[keyPath: $0.field]) }
  }

  /// The sum of all counts.
  public var total: Int { counts.reduce(0) { $0 + $1.count } }

  /// Adds other counts.
  public static func += (left: inout LeftOutEntries, right: LeftOutEntries) {
    for (_, field) in fields { left[keyPath: field] += right[keyPath: field] }
  }

  private static var fields: [(name: String, field: WritableKeyPath<LeftOutEntries, Int>)] {
    [
      ("hidden", \.hidden), ("excluded", \.excluded), ("special", \.special),
      ("repeated", \.repeated), ("results_folders", \.resultsFolders),
    ]
  }
}
