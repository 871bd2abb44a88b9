internal import RepriseCore
internal import RepriseEngine
internal import RepriseFormats

/// Writes the lines of the manifest, chunk by chunk.
struct ManifestLines: Sendable {
  let store: SketchStore
  let outcomes: DocumentOutcomes
  let copies: CopyCounts
  let references: References
  let tally: SourceTally
  let inputs: InputPaths
  /// The ends of the inputs that are read in place, in bytes.
  let inputEnds: [UInt64]

  private var decisions: Decisions { outcomes.decisions }

  /// Writes the lines of chunks and adds them to the counts.
  func write(
    _ chunks: ArraySlice<SketchStore.Chunk>, to writer: inout JSONWriter,
    _ counts: inout OrderedLineWriter.Counts
  ) {
    let (descriptors, labels) = (SketchReader(store), SketchReader(store))
    let documentLabels = DocumentLabels(store, inputs: inputs)
    // Consecutive documents are mostly of one input.
    var counted: [Int: SourceCounts] = [:]
    var own = (input: 0, counts: SourceCounts())
    for chunk in chunks {
      let descriptorBytes = unsafe descriptors.bytes(.descriptors, of: chunk)
      let labelBytes = unsafe labels.bytes(.labels, of: chunk)
      let kept = survivors(of: chunk, documentLabels)
      var nextKept = kept.startIndex
      for document in chunk.documents where !references.contains(document) {
        // In bounds: the section has `descriptorByteCount` bytes per document, and the label of
        // each lies in the label section. `ChunkCheck` verifies both for files that were signed
        // elsewhere.
        let start = (document - chunk.firstDocument) * ChunkLayout.descriptorByteCount
        let descriptor = unsafe DocumentDescriptor(
          UnsafeRawBufferPointer(rebasing: descriptorBytes[start...]))
        let label = unsafe Label(
          UnsafeRawBufferPointer(rebasing: labelBytes[Int(descriptor.labelOffset)...]))
        let outcome = outcomes.outcome(
          of: document, descriptor,
          problem: unsafe String(decoding: label.title, as: UTF8.self))
        var line = line(document, outcome, descriptor, label, documentLabels)
        if decisions.isDropped(document) {
          if outcome.duplicateOf == Int(decisions.survivors[document]) {
            line.refer(to: kept[nextKept])
          }
          nextKept += 1
        }
        if line.duplicateOf == nil, let kept = outcome.duplicateOf {
          line.refer(to: documentLabels[kept].reference)
        }
        if descriptor.length == DocumentDescriptor.lengthUpToNext {
          line.length = lengthUpToNext(document, descriptor)
        }
        counts.add(line, descriptor)
        let input = Int(store.slice(of: document).input)
        if input != own.input {
          counted[own.input, default: SourceCounts()].add(own.counts)
          own = (input, SourceCounts())
        }
        own.counts.add(line, descriptor)
        line.write(to: &writer)
        writer.endLine()
      }
    }
    counted[own.input, default: SourceCounts()].add(own.counts)
    tally.add(counted)
  }

  /// Returns the survivors of the chunk's dropped documents, in the order of the dropped ones.
  private func survivors(of chunk: SketchStore.Chunk, _ documentLabels: DocumentLabels)
    -> [DocumentReference]
  {
    let dropped = chunk.documents.filter {
      decisions.isDropped($0) && !self.references.contains($0)
    }
    let survivors = dropped.map { decisions.survivors[$0] }
    var references: [DocumentReference] = []
    references.reserveCapacity(survivors.count)
    documentLabels.forEach(survivors[...]) { references.append($0.reference) }
    return references
  }

  @inline(__always)
  private func line(
    _ index: Int, _ outcome: DocumentOutcome, _ document: DocumentDescriptor, _ label: Label,
    _ documentLabels: DocumentLabels
  ) -> ManifestLine {
    let name = documentLabels.name(document, label, store.slice(of: index))
    return ManifestLine(
      id: name.id, source: name.source, offset: name.offset, length: Int(document.length),
      words: Int(document.contentHash.tokenCount), status: outcome.status, reason: outcome.reason,
      duplicateRow: outcome.duplicateOf.flatMap(references.row),
      duplicateIn: outcome.duplicateOf.flatMap(references.argument),
      similarity: outcome.similarity,
      cluster: outcome.cluster, copies: copies[index],
      cuts: outcome.cuts.isEmpty ? [] : cuts(outcome.cuts, documentLabels), title: name.title)
  }

  /// Returns the length of a document whose end was not seen.
  private func lengthUpToNext(_ index: Int, _ document: DocumentDescriptor) -> Int {
    let input = store.slice(of: index).input
    let next = index + 1
    let isLast = next == store.documentCount || store.slice(of: next).input != input
    let end = isLast ? inputEnds[Int(input)] : SketchReader(store).descriptor(next).offset
    return end > document.offset ? Int(clamping: end - document.offset) : 0
  }

  private func cuts(
    _ cuts: [FoundPassages.DocumentCut], _ documentLabels: DocumentLabels
  ) -> [Cut] {
    cuts.map { cut in
      Cut(
        start: cut.bytes.lowerBound, end: cut.bytes.upperBound,
        duplicateOf: documentLabels[cut.source].id.string, duplicateRow: references.row(cut.source),
        duplicateIn: references.argument(of: cut.source),
        sourceStart: cut.sourceBytes.lowerBound,
        sourceEnd: cut.sourceBytes.upperBound, words: cut.words, identity: cut.identity)
    }
  }
}

extension ManifestLine {
  /// Names the document that the line's document repeats.
  fileprivate mutating func refer(to kept: DocumentReference) {
    duplicateOf = kept.id
    duplicateSource = kept.source
    duplicateOffset = kept.offset
  }
}
