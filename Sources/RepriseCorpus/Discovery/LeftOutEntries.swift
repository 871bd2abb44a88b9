/// How many entries of folders were not taken as input, by the reason.
///
/// A folder counts as one entry, whatever is in it.
public struct LeftOutEntries: Hashable, Sendable {
  /// Names that begin with a dot.
  public var hidden = 0
  /// Entries that the patterns leave out.
  public var excluded = 0
  /// Entries that are neither files nor folders.
  public var special = 0
  /// Files and folders that were reached before in another way.
  public var repeated = 0
  /// Folders with the results of an earlier run.
  public var resultsFolders = 0

  /// Nothing was left out.
  public init() {}

  /// Takes the count of each name.
  public init(_ count: (_ name: String) -> Int) {
    for (name, field) in Self.fields { self[keyPath: field] = count(name) }
  }

  /// The counts by the names under which they are reported.
  public var counts: [(name: String, count: Int)] {
    Self.fields.map { ($0.name, self[keyPath: $0.field]) }
  }

  /// All of them together.
  public var total: Int { counts.reduce(0) { $0 + $1.count } }

  /// Adds what was left out elsewhere.
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
