internal import RepriseCore
internal import RepriseEngine
internal import RepriseFormats

extension ResultsStage {
  /// The number of passages in the summary, and separately of boilerplate.
  private static let largestCount = 5

  /// Writes and counts the repeated passages.
  func writePassages(
    _ folder: ResultsFolder, _ documentLabels: DocumentLabels, _ summary: inout ScanSummary
  ) throws(CorpusError) {
    var file = try folder.file(.passages)
    for index in passages.groups.indices { try file.append(record(index, documentLabels)) }
    try file.finish()
    summary.boilerplateCount = passages.groups.count { $0.boilerplate != nil }
    summary.passageCount = passages.groups.count - summary.boilerplateCount
    summary.largestPassages = largest().map { index in largestPassage(index, documentLabels) }
  }

  private func record(_ index: Int, _ documentLabels: DocumentLabels) -> PassageEntry {
    let group = passages.groups[index]
    let places = group.documents.indices.map { place in
      let name = documentLabels[group.documents[place]]
      return PassageEntry.Occurrence(
        id: name.id.string, row: references.row(group.documents[place]),
        reference: references.argument(of: group.documents[place]), source: name.source.string,
        offset: name.offset, start: group.places[place].lowerBound,
        end: group.places[place].upperBound,
        words: group.wordCounts[place], line: line(of: place, in: group, name),
        identity: group.identities[place],
        isKept: place == 0)
    }
    return PassageEntry(
      passage: index, title: group.title, excerpt: group.excerpt, words: group.wordCounts[0],
      bytes: group.places[0].count,
      documentCount: group.boilerplate?.documentCount ?? Set(group.documents).count,
      cutByteCount: group.documents.indices.reduce(0) {
        $0 + removedByteCount(of: $1, in: group)
      }, occurrences: places,
      boilerplate: group.boilerplate.map {
        PassageEntry.Boilerplate(documentCount: $0.documentCount, text: $0.text)
      })
  }

  /// The line of the file on which an occurrence begins; for a record, that of the record.
  private func line(
    of place: Int, in group: FoundPassages.Group, _ name: DocumentLabels.Name
  ) -> Int {
    let input = Int(store.slice(of: group.documents[place]).input)
    let isText = facts.formats[input] == .text
    return name.line + (isText ? Int(group.lineFeedCounts[place]) : 0)
  }

  private func largest() -> [Int] {
    func size(_ index: Int) -> Int {
      let group = passages.groups[index]
      return group.boilerplate?.documentCount
        ?? group.places.dropFirst().reduce(0) { $0 + $1.count }
    }
    let sizes = passages.groups.indices.map(size)
    let sorted = passages.groups.indices.sorted { (sizes[$1], $0) < (sizes[$0], $1) }
    let repeated = sorted.filter { passages.groups[$0].boilerplate == nil }
    let boilerplate = sorted.filter { passages.groups[$0].boilerplate != nil }
    return Array(repeated.prefix(Self.largestCount) + boilerplate.prefix(Self.largestCount))
  }

  /// The number of bytes of an occurrence that are cut, or dropped with the document.
  private func removedByteCount(of place: Int, in group: FoundPassages.Group) -> Int {
    let (document, bytes) = (group.documents[place], group.places[place])
    if passages.dropped[document] != nil { return bytes.count }
    // Ascending, and none overlaps the next.
    let cuts = passages.cuts[document] ?? []
    let first = cuts.partitionPoint { $0.bytes.upperBound > bytes.lowerBound }
    return cuts[first...].prefix { $0.bytes.lowerBound < bytes.upperBound }
      .reduce(0) { $0 + $1.bytes.clamped(to: bytes).count }
  }

  private func largestPassage(_ index: Int, _ documentLabels: DocumentLabels)
    -> ScanSummary.LargestPassage
  {
    let record = record(index, documentLabels)
    return ScanSummary.LargestPassage(
      passage: index, title: record.title, words: record.words, byteCount: record.bytes,
      placeCount: record.boilerplate?.documentCount ?? record.occurrences.count,
      isBoilerplate: record.boilerplate != nil,
      occurrences: Array(record.occurrences.prefix(Self.largestCount)),
      removedByteCounts: record.occurrences.indices.prefix(Self.largestCount).map {
        removedByteCount(of: $0, in: passages.groups[index])
      })
  }
}
