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
    let name = Array(keys[missing].name.utf8.prefix(400))
    let all = try ManifestReader(resultsFolder: results)
    var likeness = 0
    while let (_, entry) = unsafe try all.next(where: { [nearest] _, line in
      likeness = unsafe Self.likeness(line, name)
      return nearest.count < 3 || likeness > nearest[2].likeness
    }) {
      take(entry.id, likeness)
    }
  }

  /// How much the id of a line begins and ends like a name.
  private static func likeness(_ line: UnsafeRawBufferPointer, _ name: [UInt8]) -> Int {
    // In bounds: a line begins with the key of the id, and the rest is searched for its end.
    let rest = unsafe line.dropFirst(Self.idStart).prefix(400)
    let end = unsafe rest.firstIndex(of: UInt8(ascii: "\"")) ?? rest.endIndex
    let id = unsafe rest[..<end]
    let shortest = unsafe min(id.count, name.count)
    var (begin, tail) = (0, 0)
    while begin < shortest, unsafe id[id.startIndex + begin] == name[begin] { begin += 1 }
    while tail < shortest, unsafe id[id.endIndex - 1 - tail] == name[name.count - 1 - tail] {
      tail += 1
    }
    return unsafe 2 * min(begin + tail, shortest) - abs(id.count - name.count)
  }

  /// The length of `{"id":"`, with which a line begins.
  private static let idStart = 7

  private mutating func take(_ id: String, _ likeness: Int) {
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
