/// The kinds of spreadsheets, one of each results file.
enum Sheet: CaseIterable {
  case documents
  case clusters
  case pairs
  case passages

  var name: String { "\(self)" }

  var results: ResultsFolder.Name {
    switch self {
    case .documents: .manifest
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
    }
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
    case .clusters: return Self.members(entry)
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

  private static func members(_ entry: JSONTree) -> [[SheetCell]] {
    let members = entry["members"]?.array ?? []
    let kept = Set((entry["survivors"]?.array ?? []).map(key))
    return members.map { member in
      [
        SheetCell(entry["cluster"]), .integer(members.count),
        .text(kept.contains(key(member)) ? "stays" : "repeats"), SheetCell(member["similarity"]),
      ] + place(member)
    }
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

  private static func key(_ entry: JSONTree) -> String {
    "\(entry["offset"]?.integer ?? 0) \(entry["source"]?.string ?? "")"
  }
}
