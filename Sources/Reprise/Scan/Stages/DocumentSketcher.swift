internal import CKernels
internal import RepriseCore
internal import RepriseFormats

/// Computes sketches from the records of chunks.
///
/// Each thread has a sketcher of its own, whose buffers are reused.
struct DocumentSketcher: ~Copyable {
  private let inputs: [InputFile]
  private let keep: KeepPolicy
  private let splitsArticles: Bool
  private var reader: DocumentReader
  private var sketcher: Sketcher

  init(
    _ options: CheckedOptions, inputs: [InputFile]
  ) {
    self.inputs = inputs
    keep = options.matching.keep
    splitsArticles = options.input.articles != nil
    reader = DocumentReader(
      textField: options.input.textField, idField: options.input.idField, orderField: keep.field)
    sketcher = Sketcher(options.matching.sketcherParameters)
  }

  /// Sketches the documents of a chunk, in place of those of the chunk before.
  ///
  /// - Parameters:
  ///   - chunk: the chunk.
  ///   - sketches: holds one piece of the chunk at a time.
  ///   - onPiece: takes a piece, and whether another one follows.
  /// - Throws: what `onPiece` throws.
  mutating func sketch(
    _ chunk: ChunkBuffer, into sketches: inout ChunkSketches,
    onPiece: (borrowing ChunkSketches, _ continues: Bool) throws(CorpusError) -> Void
  ) throws(CorpusError) {
    sketches.removeAll()
    for (index, slice) in chunk.slices.enumerated() {
      sketches.slices.append(
        ChunkSketches.Slice(
          input: slice.input, firstDocument: sketches.documents.count, index: index))
      // What could not be read has its place among the records, but for the end of an input.
      var rest = chunk.records[slice.records]
      for found in chunk.problems where found.slice == index {
        let byte = found.endsInput ? .max : found.error.byte ?? 0
        while let record = rest.first, record.offset < byte {
          sketch(rest.removeFirst(), slice, chunk, &sketches)
          try endPiece(&sketches, onPiece)
        }
        append(found, of: slice, &sketches)
        try endPiece(&sketches, onPiece)
      }
      for record in rest {
        sketch(record, slice, chunk, &sketches)
        try endPiece(&sketches, onPiece)
      }
      sketches.slices[sketches.slices.count - 1].isComplete = true
    }
    sketches.fingerprints.group()
    try onPiece(sketches, false)
  }

  /// Gives a piece away and begins the next one, if the piece is large enough.
  @inline(__always)
  private func endPiece(
    _ sketches: inout ChunkSketches,
    _ onPiece: (borrowing ChunkSketches, _ continues: Bool) throws(CorpusError) -> Void
  ) throws(CorpusError) {
    guard sketches.byteCount >= ChunkSketches.pieceByteCount else { return }
    sketches.fingerprints.group()
    try onPiece(sketches, true)
    sketches.beginNextPiece()
  }

  private mutating func sketch(
    _ record: Record, _ slice: InputSlice, _ chunk: ChunkBuffer, _ sketches: inout ChunkSketches
  ) {
    let format = inputs[slice.input].format
    var document = DocumentDescriptor(
      offset: record.offset, length: UInt32(clamping: record.byteCount),
      labelOffset: sketches.labels.count)
    do throws(DocumentReader.Failure) {
      unsafe try reader.read(chunk.bytes(of: record), format, isFirst: record.offset == 0)
    } catch {
      if error.reason == .blankRecord {
        sketches.blankLineCount += 1
        return
      }
      report(error.reason, error.message, error.byte, record, &sketches)
      appendUnreadable(
        error.reason, record.offset, UInt32(clamping: record.byteCount),
        line: line(of: record, format), &sketches)
      return
    }
    // Valid until the next record: the text is in the chunk or in the reader's buffer.
    let text = unsafe reader.text
    document.textByteCount = UInt32(clamping: text.count)
    let sketch = unsafe sketcher.read(text.bytes)
    if format == .text,
      let binary = unsafe BinaryContent(text, invalidSequenceCount: sketch.invalidSequenceCount)
    {
      report(.notText, binary.description, nil, record, &sketches)
      appendUnreadable(
        .notText, record.offset, document.length, line: line(of: record, format), &sketches)
      return
    }
    document.contentHash = sketch.contentHash
    reportReplacements(sketch.invalidSequenceCount, record, slice, &sketches)
    appendLabel(record, format, &document, &sketches)
    sketcher.append(
      to: &sketches.keys, &sketches.bBitSignatures, &sketches.fingerprints,
      document: UInt32(sketches.documents.count))
    appendOrder(document, record, format, &sketches)
    sketches.documents.append(document)
  }

  /// Appends a document that could not be read.
  ///
  /// It remains, and the manifest gives the reason.
  private mutating func appendUnreadable(
    _ reason: CorpusError.Reason, _ offset: UInt64, _ length: UInt32, line: Int,
    _ sketches: inout ChunkSketches
  ) {
    let document = DocumentDescriptor(
      offset: offset, length: length, labelOffset: sketches.labels.count, isUnreadable: true)
    var name = reason.name
    name.withUTF8 { name in
      let none = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
      unsafe Label.append(
        line: line, id: none, title: UnsafeRawBufferPointer(name), to: &sketches.labels)
    }
    sketcher.appendNoSignature(to: &sketches.keys, &sketches.bBitSignatures)
    if keep != .first { sketches.orderKeys.append(OrderValue.missing) }
    sketches.documents.append(document)
  }

  /// Returns the line for a label; 0 for a whole file.
  private func line(of record: Record, _ format: RecordFormat) -> Int {
    format == .text && !splitsArticles ? 0 : record.line + 1
  }

  private mutating func appendOrder(
    _ document: DocumentDescriptor, _ record: Record, _ format: RecordFormat,
    _ sketches: inout ChunkSketches
  ) {
    switch keep {
    case .first: return
    case .longest: sketches.orderKeys.append(Double(document.textByteCount))
    case .newest(let field), .highest(let field):
      let value = format == .text ? nil : reader.orderText
      let order = value.flatMap { OrderValue.value(of: $0, for: keep) }
      if order == nil {
        let found = value.map { "is \"\($0.prefix(40))\"" } ?? "is missing"
        report(
          .missingOrder, "Field \"\(field)\" \(found), so the document is last in keep order.",
          nil, record, &sketches)
      }
      sketches.orderKeys.append(order ?? OrderValue.missing)
    }
  }

  private mutating func appendLabel(
    _ record: Record, _ format: RecordFormat, _ document: inout DocumentDescriptor,
    _ sketches: inout ChunkSketches
  ) {
    let line = line(of: record, format)
    let title = unsafe Title.find(in: reader.text)
    guard format == .jsonLines else {
      let none = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
      unsafe Label.append(line: line, id: none, title: title, to: &sketches.labels)
      return
    }
    unsafe reader.withID { id in
      unsafe Label.append(line: line, id: id, title: title, to: &sketches.labels)
      document.idHash =
        unsafe id.isEmpty
        ? 0 : reprise_xxh3_64(id.baseAddress, id.count, reprise_best_instruction_set())
    }
  }

  private func reportReplacements(
    _ invalid: Int, _ record: Record, _ slice: InputSlice, _ sketches: inout ChunkSketches
  ) {
    let lone = reader.loneSurrogateCount
    if invalid > 0 {
      let encoding = slice.facts.encoding ?? .utf8
      report(
        encoding == .utf8 ? .invalidUTF8 : .invalidEncoding,
        "\(invalid) invalid \(encoding) \(invalid == 1 ? "sequence was" : "sequences were") replaced "
          + "by U+FFFD.", nil, record,
        &sketches)
    }
    if lone > 0 {
      report(
        .loneSurrogate,
        "\(lone) lone surrogate \(lone == 1 ? "escape was" : "escapes were") replaced by U+FFFD.",
        nil, record,
        &sketches)
    }
  }

  private func report(
    _ reason: CorpusError.Reason, _ message: String, _ byte: Int?, _ record: Record,
    _ sketches: inout ChunkSketches
  ) {
    let input = sketches.slices[sketches.slices.count - 1].input
    sketches.report(
      Problem(
        source: inputs[input].path.text, line: record.line + 1,
        byte: Int(clamping: record.offset) + (byte ?? 0), reason: reason, message: message))
  }

  /// Appends a problem of the reader.
  ///
  /// A lost record, or an input from which nothing could be read, also counts as a document.
  private mutating func append(
    _ found: ChunkProblem, of slice: InputSlice, _ sketches: inout ChunkSketches
  ) {
    var problem = Problem(found.error)
    problem.source = inputs[slice.input].path.text
    problem.line = found.line.map { $0 + 1 }
    let current = sketches.slices[sketches.slices.count - 1]
    let isFirst = !current.isContinued && sketches.documents.count == current.firstDocument
    sketches.report(problem)
    if let lost = found.lostRecord {
      appendUnreadable(
        found.error.reason, found.error.byte ?? 0, lost.storedLength,
        line: (found.line ?? 0) + 1, &sketches)
    } else if found.endsInput, slice.offset == 0, slice.records.isEmpty, isFirst {
      appendUnreadable(
        found.error.reason, 0, UInt32(clamping: inputs[slice.input].byteCount), line: 0,
        &sketches)
    }
  }
}

extension LostRecord {
  /// The length in a document descriptor.
  ///
  /// The length of a record that ends at the next document is not known yet.
  fileprivate var storedLength: UInt32 {
    switch self {
    case .bytes(let count): UInt32(clamping: count)
    case .upToNext: DocumentDescriptor.lengthUpToNext
    }
  }
}
