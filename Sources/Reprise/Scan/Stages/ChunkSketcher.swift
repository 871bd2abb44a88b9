internal import CKernels
internal import RepriseCore
internal import RepriseEngine
internal import RepriseFormats

/// Sketches the documents of one batch at a time, with their labels, order values and problems.
///
/// The buffers are reused for the next batch. Not thread-safe: each thread has one.
struct ChunkSketcher: ~Copyable {
  private let extractor: any DocumentExtractor
  private let inputNames: [String]
  private let keep: KeepPolicy
  private let orderFields: [String]
  private var sketcher: Sketcher
  private var sketches = ChunkSketches()

  init(_ source: any DocumentSource, _ matching: MatchingParameters) {
    extractor = source.makeExtractor()
    inputNames = source.inputNames
    keep = matching.keep
    orderFields = keep.fields
    sketcher = Sketcher(matching.sketcherParameters)
  }

  /// The batch that was read last.
  var batch: SourceBatch { extractor.batch }

  /// Reads the next batch; returns false if there is none.
  ///
  /// - Throws: errors that end the run.
  func next() throws(CorpusError) -> Bool { try extractor.next() }

  /// Sketches the documents of the batch.
  ///
  /// - Parameter onPiece: takes a piece of the sketches, and true if a further piece follows.
  /// - Throws: what `onPiece` throws.
  mutating func sketch(
    onPiece: (borrowing ChunkSketches, _ continues: Bool) throws(CorpusError) -> Void
  ) throws(CorpusError) {
    sketches.removeAll()
    let (extractor, slices) = (extractor, extractor.batch.slices)
    for (index, slice) in slices.enumerated() {
      sketches.slices.append(
        ChunkSketches.Slice(
          input: slice.input, firstDocument: sketches.documents.count, index: index))
      let encoding = slice.facts.encoding ?? .utf8
      try extractor.forEach(inSlice: index) { item throws(CorpusError) in
        add(item, encoding)
        guard sketches.byteCount >= ChunkSketches.pieceByteCount else { return }
        sketches.fingerprints.group()
        try onPiece(sketches, true)
        sketches.beginNextPiece()
      }
      sketches.slices[sketches.slices.count - 1].isComplete = true
    }
    sketches.fingerprints.group()
    try onPiece(sketches, false)
  }

  private mutating func add(_ item: SourceItem, _ encoding: TextEncoding) {
    switch item {
    case .document(let document): sketch(document, encoding)
    case .unreadable(let locator, let line, let problem):
      sketches.report(problem)
      appendUnreadable(locator, problem.reason, line: line)
    case .problem(let problem): sketches.report(problem)
    case .blankLine: sketches.blankLineCount += 1
    }
  }

  private mutating func sketch(_ document: SourceDocument, _ encoding: TextEncoding) {
    let (text, locator) = unsafe (document.text, document.locator)
    let sketch = unsafe sketcher.read(text.bytes)
    if document.mayBeBinary,
      let binary = unsafe BinaryContent(text, invalidSequenceCount: sketch.invalidSequenceCount)
    {
      report(.notText, binary.description, document)
      return appendUnreadable(locator, .notText, line: document.labelLine)
    }
    var descriptor = DocumentDescriptor(
      offset: locator.position, length: locator.extent, labelOffset: sketches.labels.count)
    descriptor.textByteCount = UInt32(clamping: text.count)
    descriptor.contentHash = sketch.contentHash
    descriptor.textHash = sketch.textHash
    reportReplacements(sketch.invalidSequenceCount, encoding, document)
    descriptor.idHash = appendLabel(document)
    sketcher.append(
      to: &sketches.keys, &sketches.bBitSignatures, &sketches.fingerprints,
      document: UInt32(sketches.documents.count))
    appendOrder(document, textByteCount: descriptor.textByteCount)
    sketches.documents.append(descriptor)
  }

  /// Appends a document that could not be read.
  ///
  /// It remains, and the manifest gives the reason.
  private mutating func appendUnreadable(
    _ locator: DocumentLocator, _ reason: CorpusError.Reason, line: Int
  ) {
    let descriptor = DocumentDescriptor(
      offset: locator.position, length: locator.extent, labelOffset: sketches.labels.count,
      isUnreadable: true)
    var name = reason.name
    name.withUTF8 { name in
      let none = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
      unsafe Label.append(
        line: line, id: none, title: UnsafeRawBufferPointer(name), to: &sketches.labels)
    }
    sketcher.appendNoSignature(to: &sketches.keys, &sketches.bBitSignatures)
    for key in keep.keys { OrderValue.appendMissing(key, to: &sketches.orderKeys) }
    sketches.documents.append(descriptor)
  }

  /// Appends the label of a document and returns the hash of its id; 0 without an id.
  private mutating func appendLabel(_ document: SourceDocument) -> UInt64 {
    let id = unsafe document.id
    unsafe Label.append(
      line: document.labelLine, id: id, title: Title.find(in: document.text),
      to: &sketches.labels)
    guard unsafe !id.isEmpty else { return 0 }
    // In bounds: the kernel reads exactly the bytes of the id.
    return unsafe reprise_xxh3_64(id.baseAddress, id.count, reprise_best_instruction_set())
  }

  private mutating func appendOrder(_ document: SourceDocument, textByteCount: UInt32) {
    var reported: Set<String> = []
    for key in keep.keys {
      guard let field = key.field else {
        sketches.orderKeys.append(Double(textByteCount))
        continue
      }
      let place = orderFields.firstIndex(of: field)
      let value = place.flatMap { $0 < document.orderTexts.count ? document.orderTexts[$0] : nil }
      if let value, OrderValue.append(value, key, to: &sketches.orderKeys) { continue }
      OrderValue.appendMissing(key, to: &sketches.orderKeys)
      guard reported.insert(field).inserted else { continue }
      report(.missingOrder, OrderValue.problem(of: field, value), document)
    }
  }

  private mutating func reportReplacements(
    _ invalid: Int, _ encoding: TextEncoding, _ document: SourceDocument
  ) {
    if invalid > 0 {
      report(
        encoding == .utf8 ? .invalidUTF8 : .invalidEncoding,
        Self.message(invalid, encoding), document)
    }
    let lone = document.loneSurrogateCount
    if lone > 0 {
      report(
        .loneSurrogate,
        "\(lone) lone surrogate \(lone == 1 ? "escape was" : "escapes were") replaced by U+FFFD.",
        document)
    }
  }

  /// The sentence on invalid sequences.
  ///
  /// Text in another encoding was converted to UTF-8, with U+FFFD for each of them.
  private static func message(_ count: Int, _ encoding: TextEncoding) -> String {
    let sequences = "\(count) invalid \(encoding) \(count == 1 ? "sequence" : "sequences")"
    guard encoding == .utf8 else {
      return "\(sequences) \(count == 1 ? "was" : "were") replaced by U+FFFD."
    }
    return
      "\(sequences) \(count == 1 ? "is" : "are") compared byte for byte. If the file has another "
      + "encoding, name it with --encoding (auto finds many)."
  }

  private mutating func report(
    _ reason: CorpusError.Reason, _ message: String, _ document: SourceDocument
  ) {
    sketches.report(
      Problem(
        source: inputNames[document.locator.input], line: document.line,
        byte: Int(clamping: document.locator.position), reason: reason, message: message))
  }
}
