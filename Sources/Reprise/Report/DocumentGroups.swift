internal import RepriseFormats

extension Report {
  /// What tells documents apart, if it is not their file.
  package enum DocumentGrouping: Hashable, Sendable {
    /// What stands in an id before the first separator.
    case id(separator: String)
    /// The value of a field of the records, or a column.
    case field(String)
  }
}

/// Documents by what their ids begin with, or by the value of a field.
struct DocumentGroups {
  private(set) var groups: [ReportGroups.Group] = []
  private(set) var flow: [SIMD2<Int>: Int] = [:]
  private var numbers: [String: Int] = [:]
  private let grouping: Report.DocumentGrouping
  /// The group of each row, by field; -1 for a document without a value.
  private var ofRow: [Int32] = []

  /// The groups beyond this number are one, named `others`.
  private static let limit = 100_000

  /// Starts without documents, and reads the fields that tell them apart.
  ///
  /// - Parameters:
  ///   - grouping: what tells documents apart.
  ///   - results: the results folder.
  ///   - texts: the files of the scan.
  ///   - cancellation: ends the reading.
  /// - Throws: as ``ScannedTexts/forEachField(_:in:_:_:)``, and an error if no document has the field.
  /// - Complexity: for a field, O(bytes of the corpus), and 4 bytes of memory for each document.
  init(
    _ grouping: Report.DocumentGrouping, _ results: BytePath, _ texts: ScannedTexts,
    _ cancellation: Cancellation
  ) throws(CorpusError) {
    self.grouping = grouping
    guard case .field(let name) = grouping else { return }
    try texts.forEachField(name, in: results, cancellation) { row, value in
      guard let value else { return }
      while ofRow.count <= row { ofRow.append(-1) }
      ofRow[row] = Int32(index(named: value.limited(to: 400)))
    }
    guard !groups.isEmpty else { throw .absentField(name, "the groups", seen: []) }
  }

  /// Adds a document.
  ///
  /// - Parameters:
  ///   - entry: its line of the manifest.
  ///   - row: the index of the line, from 0.
  ///   - removed: the bytes that are removed.
  mutating func add(_ entry: ManifestEntry, row: Int, removed: Int) {
    let index = index(of: entry.id, row)
    groups[index].documents += 1
    groups[index].textByteCount += entry.length
    groups[index].removedByteCount += removed
    // A kept document without a row is a reference document, which has no group.
    if entry.status == .drop, let kept = entry.duplicateOf, let keptRow = entry.duplicateRow {
      count(index, self.index(of: kept, keptRow), entry.length)
    }
    for cut in entry.cuts {
      guard let keptRow = cut.duplicateRow else { continue }
      count(index, self.index(of: cut.duplicateOf, keptRow), cut.end - cut.start)
    }
  }

  private mutating func count(_ index: Int, _ kept: Int, _ byteCount: Int) {
    let pair = SIMD2(index, kept)
    if flow.count < Self.limit || flow[pair] != nil { flow[pair, default: 0] += byteCount }
  }

  private mutating func index(of id: String, _ row: Int) -> Int {
    switch grouping {
    case .field(let name):
      let number = row < ofRow.count ? ofRow[row] : -1
      return number < 0 ? index(named: "without \(name)") : Int(number)
    case .id(let separator):
      let end = id.firstRange(of: separator)?.lowerBound
      return index(
        named: end.map { String(id[..<$0]).limited(to: 400) } ?? "ids without \(separator)")
    }
  }

  private mutating func index(named name: String) -> Int {
    if let index = numbers[name] { return index }
    guard groups.count < Self.limit || name == "others" else { return index(named: "others") }
    numbers[name] = groups.count
    groups.append(ReportGroups.Group(name: name))
    return groups.count - 1
  }
}
