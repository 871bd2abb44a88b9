internal import RepriseFormats

/// An entry of a manifest, and the index of its line from 0.
struct ManifestRow: Equatable {
  var index: Int
  var entry: ManifestEntry
}

/// Documents of a manifest by name.
struct ManifestSearch {
  /// The documents with each name, at most ``limit``.
  private(set) var found: [[ManifestRow]]
  /// The ids that begin and end most like the first name that no document has.
  private var nearest: [(likeness: Int, id: String)] = []

  /// The number of documents of one name that are found.
  private static let limit = 10

  /// Looks for documents.
  ///
  /// - Throws: `cannotOpen`, `cannotRead` or `invalidResults`.
  /// - Complexity: O(bytes) of the manifest; twice if a name is not found.
  init(_ keys: [ManifestKey], in results: BytePath) throws(CorpusError) {
    found = Array(repeating: [], count: keys.count)
    let reader = try ManifestReader(resultsFolder: results)
    while let (row, entry) = unsafe try reader.next(where: { _, line in
      keys.contains { unsafe $0.matches(line) }
    }) {
      for (index, key) in keys.enumerated()
      where key.matches(entry) && found[index].count < Self.limit {
        found[index].append(ManifestRow(index: row, entry: entry))
      }
    }
    // An id comes before the offset of another document that is written in the same way.
    for (index, key) in keys.enumerated() {
      let named = found[index].filter { $0.entry.id == key.name }
      if !named.isEmpty { found[index] = named }
    }
    guard let missing = found.firstIndex(where: \.isEmpty) else { return }
    let all = try ManifestReader(resultsFolder: results)
    while let entry = try all.next() { consider(entry.id, keys[missing].name) }
  }

  private mutating func consider(_ id: String, _ name: String) {
    let (one, other) = (Array(id.utf8.prefix(400)), Array(name.utf8.prefix(400)))
    let shortest = min(one.count, other.count)
    let begin = zip(one, other).prefix { $0 == $1 }.count
    let end = zip(one.reversed(), other.reversed()).prefix { $0 == $1 }.count
    let likeness = 2 * min(begin + end, shortest) - abs(one.count - other.count)
    guard nearest.count < 3 || likeness > nearest[2].likeness else { return }
    let place = nearest.firstIndex { $0.likeness < likeness } ?? nearest.count
    nearest.insert((likeness, id), at: place)
    if nearest.count > 3 { nearest.removeLast() }
  }

  /// A sentence on a name that not exactly one document has.
  func sentence(_ name: String, _ rows: [ManifestRow]) -> String {
    guard rows.isEmpty else {
      let places = rows.map { "\($0.entry.source)@\($0.entry.offset)" }
      let more = rows.count == Self.limit ? ", ..." : ""
      return "several documents have the id \(Self.line(name)): "
        + places.map(Self.line).joined(separator: ", ") + more
    }
    guard !nearest.isEmpty else { return "the results have no documents" }
    return "no document has the id \(Self.line(name)); the most alike are "
      + nearest.map { Self.line($0.id) }.joined(separator: ", ")
  }

  /// A name on one line: with its line ends as escapes, if it has any.
  private static func line(_ name: String) -> String {
    name.contains(where: \.isNewline) ? name.debugDescription : name
  }
}

extension ManifestKey {
  /// Whether an entry has this name.
  func matches(_ entry: ManifestEntry) -> Bool {
    entry.id == name || "\(entry.source)@\(entry.offset)" == name
  }
}
