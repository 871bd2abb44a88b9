/// The numbers of folder entries that are not inputs, by reason.
///
/// A folder counts as one entry, regardless of its content.
package struct LeftOutEntries: Hashable, Sendable {
  /// Names that begin with a dot.
  package var hidden = 0
  /// Entries excluded by the patterns, or named by ignore files.
  package var excluded = 0
  /// Entries that are neither files nor folders.
  package var special = 0
  /// Files and folders that were already reached by a different path.
  package var repeated = 0
  /// Folders with the results of an earlier run.
  package var resultsFolders = 0

  /// Creates counts of zero.
  package init() {}

  /// Creates counts from a function of their names.
  package init(_ count: (_ name: String) -> Int) {
    for (name, field) in Self.fields { self[keyPath: field] = count(name) }
  }

  /// The counts with the names under which they are reported.
  package var counts: [(name: String, count: Int)] {
    Self.fields.map { ($0.name, self[keyPath: $0.field]) }
  }

  /// The sum of all counts.
  package var total: Int { counts.reduce(0) { $0 + $1.count } }

  /// Adds other counts.
  package static func += (left: inout LeftOutEntries, right: LeftOutEntries) {
    for (_, field) in fields { left[keyPath: field] += right[keyPath: field] }
  }

  private static var fields: [(name: String, field: WritableKeyPath<LeftOutEntries, Int>)] {
    [
      ("hidden", \.hidden), ("excluded", \.excluded), ("special", \.special),
      ("repeated", \.repeated), ("results_folders", \.resultsFolders),
    ]
  }
}
