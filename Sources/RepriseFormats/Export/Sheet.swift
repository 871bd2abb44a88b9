/// The kinds of spreadsheets.
enum Sheet: CaseIterable {
  case documents
  case clusters
  case pairs
  case passages
  case sources

  var name: String { "\(self)" }

  /// The file of the results with the rows.
  var results: ResultsFolder.Name {
    switch self {
    case .documents: .manifest
    case .sources: .summary
    case .clusters: .clusters
    case .pairs: .pairs
    case .passages: .passages
    }
  }

  /// The names of the columns.
  var columns: [String] {
    switch self {
    case .documents:
      Self.documentFields + ["cut_bytes", "title"]
    case .clusters:
      ["cluster", "documents", "role", "similarity", "id", "source", "offset"]
    case .pairs:
      [
        "id_a", "source_a", "offset_a", "id_b", "source_b", "offset_b", "reason", "jaccard",
        "shared", "either",
      ]
    case .passages:
      [
        "passage", "words", "place", "places", "kept", "identity", "id", "source", "line", "start",
        "end", "text",
      ]
    case .sources: ["source"] + Self.counts.map(\.name) + ["share"]
    }
  }

  /// The columns of a source, and their keys in the summary.
  private static let counts: [(name: String, key: String)] = [
    ("documents", "total"), ("exact", "drop_exact"), ("words", "drop_words"), ("near", "drop_near"),
    ("contained", "drop_contained"), ("passage", "drop_passage"), ("remnant", "drop_remnant"),
    ("trimmed", "trim"), ("unreadable", "unreadable"), ("bytes", "text_bytes"),
    ("removed_bytes", "removed_bytes"),
  ]

  /// The row of a file that was scanned.
  static func source(_ input: InputEntry) -> [SheetCell] {
    let numbers = counts.map { input.counts?[$0.key]?.integer ?? 0 }
    let (all, removed) = (numbers[numbers.count - 2], numbers[numbers.count - 1])
    return [.text(input.source.text)] + numbers.map { .integer($0) }
      + [all > 0 ? .number(Double(removed) / Double(all)) : .none]
  }

  /// The row of a member of a cluster.
  static func member(
    _ member: JSONTree, of cluster: Int, memberCount: Int
  ) -> [SheetCell] {
    let similarity = SheetCell(member["similarity"])
    return [
      .integer(cluster), .integer(memberCount),
      .text(similarity == .none ? "stays" : "repeats"), similarity,
    ] + place(member)
  }

  private static let documentFields = [
    "id", "source", "offset", "length", "words", "status", "reason", "duplicate_of",
    "duplicate_source", "duplicate_offset", "similarity", "cluster", "copies",
  ]

  /// The rows of one line of the results.
  func rows(of entry: JSONTree, onlyFindings: Bool) -> [[SheetCell]] {
    switch self {
    case .documents:
      let isFinding = entry["status"]?.string != ManifestEntry.Status.keep.rawValue
      return onlyFindings && !isFinding ? [] : [Self.document(entry)]
    case .clusters, .sources: return []
    case .pairs: return [Self.pair(entry)]
    case .passages: return Self.places(entry)
    }
  }

  private static func document(_ entry: JSONTree) -> [SheetCell] {
    let cutBytes = (entry["cuts"]?.array ?? []).reduce(0) { sum, cut in
      sum + (cut["end"]?.integer ?? 0) - (cut["start"]?.integer ?? 0)
    }
    return documentFields.map { SheetCell(entry[$0]) }
      + [.integer(cutBytes), SheetCell(entry["title"])]
  }

  private static func pair(_ entry: JSONTree) -> [SheetCell] {
    [entry["first"], entry["second"]].flatMap { place($0 ?? .null) }
      + ["reason", "jaccard", "intersection", "union"].map { SheetCell(entry[$0]) }
  }

  private static func places(_ entry: JSONTree) -> [[SheetCell]] {
    let places = entry["places"]?.array ?? []
    return places.enumerated().map { index, place in
      [
        SheetCell(entry["passage"]), SheetCell(entry["words"]), .integer(index + 1),
        .integer(places.count),
      ] + ["kept", "identity", "id", "source", "line", "start", "end"].map { SheetCell(place[$0]) }
        + [SheetCell(entry["excerpt"])]
    }
  }

  private static func place(_ entry: JSONTree) -> [SheetCell] {
    ["id", "source", "offset"].map { SheetCell(entry[$0]) }
  }
}
