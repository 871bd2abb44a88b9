internal import RepriseCore
internal import RepriseCorpus

/// Makes the lines of the manifest, chunk by chunk.
struct ManifestLines: Sendable {
  let store: SketchStore
  let verdicts: Verdicts
  let passages: FoundPassages
  let sources: SourceNames
  /// Where the sources end, of those that are read in any order.
  let sourceEnds: [UInt64]

  /// Writes the lines of chunks and counts what they say.
  func write(
    _ chunks: ArraySlice<SketchStore.Chunk>, to writer: inout JSONWriter,
    _ counts: inout LineBlocks.Counts
  ) {
    let (records, labels) = (SketchReader(store), SketchReader(store))
    let names = DocumentNames(store, sources: sources)
    for chunk in chunks {
      let recordBytes = unsafe records.bytes(.records, of: chunk)
      let labelBytes = unsafe labels.bytes(.labels, of: chunk)
      let kept = survivors(of: chunk, names)
      var nextKept = kept.startIndex
      for document in chunk.documents {
        let start = (document - chunk.firstDocument) * ChunkLayout.recordByteCount
        let record = unsafe DocumentRecord(UnsafeRawBufferPointer(rebasing: recordBytes[start...]))
        let label = unsafe Label(
          UnsafeRawBufferPointer(rebasing: labelBytes[Int(record.labelOffset)...]))
        var line = line(document, record, label, names)
        if verdicts.isDropped(document) {
          line.duplicateOf = kept[nextKept]
          nextKept += 1
        }
        if record.length == DocumentRecord.lengthUpToNext {
          line.length = lengthUpToNext(document, record)
        }
        counts.add(line, record)
        line.write(to: &writer)
        writer.endLine()
      }
    }
  }

  /// The ids of the documents that those of a chunk repeat that are dropped, in the order of these.
  private func survivors(of chunk: SketchStore.Chunk, _ names: DocumentNames) -> [ResultText] {
    let dropped = chunk.documents.filter(verdicts.isDropped)
    let survivors = dropped.map { verdicts.survivors[$0] }
    var ids: [ResultText] = []
    ids.reserveCapacity(survivors.count)
    names.forEach(survivors[...]) { ids.append($0.id) }
    return ids
  }

  @inline(__always)
  private func line(
    _ index: Int, _ document: DocumentRecord, _ label: Label, _ names: DocumentNames
  ) -> ManifestLine {
    let name = names.name(document, label, store.part(of: index))
    let cluster = verdicts.clusters[index]
    var line = ManifestLine(
      id: name.id, source: name.source, offset: name.offset,
      length: Int(document.length), status: .keep,
      cluster: cluster == Verdicts.noCluster ? nil : Int(cluster), title: name.title)
    if verdicts.isDropped(index) {
      let similarity = verdicts.similarity(of: index)
      line.status = .drop
      line.reason = similarity == nil ? .exact : .near
      line.similarity = similarity ?? 1
    } else if document.isUnreadable {
      line.status = .unreadable
      line.reason = unsafe ManifestEntry.Reason(
        rawValue: String(decoding: label.title, as: UTF8.self))
    } else if document.identity.tokenCount == 0 {
      line.status = .empty
    } else if let cuts = passages.cuts[index] {
      addCuts(cuts, index, &line, names)
    }
    return line
  }

  /// The length of a document whose end was not seen when it was lost.
  private func lengthUpToNext(_ index: Int, _ document: DocumentRecord) -> Int {
    let source = store.part(of: index).source
    let next = index + 1
    let isLast = next == store.documentCount || store.part(of: next).source != source
    let end = isLast ? sourceEnds[Int(source)] : SketchReader(store).record(next).offset
    return end > document.offset ? Int(clamping: end - document.offset) : 0
  }

  private func addCuts(
    _ cuts: [FoundPassages.DocumentCut], _ index: Int, _ line: inout ManifestLine,
    _ names: DocumentNames
  ) {
    line.status = .trim
    line.reason = .passage
    line.cuts = cuts.map { cut in
      Cut(
        start: cut.bytes.lowerBound, end: cut.bytes.upperBound,
        duplicateOf: names[cut.source].id.string, sourceStart: cut.sourceBytes.lowerBound,
        sourceEnd: cut.sourceBytes.upperBound, words: cut.words, identity: cut.identity)
    }
    guard passages.repeated.contains(index) else { return }
    line.status = .drop
    let largest = cuts.max { $0.bytes.count < $1.bytes.count }
    line.duplicateOf = largest.map { names[$0.source].id }
  }
}
