internal import CXXHash
internal import RepriseCore
internal import RepriseCorpus

/// Turns the records of chunks into sketches: one a thread, its buffers are used again.
struct DocumentSketcher: ~Copyable {
  private let sources: [SourceFile]
  private let keep: KeepPolicy
  private let splitsArticles: Bool
  private let digest: SignatureDigest
  private let scheme: Scheme
  private let find: ScanConfiguration.Find
  private var reader: DocumentReader
  private var tokens = TokenizedText()
  private var shingles: ShingleIDs
  private var signature: Signature
  private let bandKeys: BandKeys
  private var gramShingles = ShingleIDs(length: Fingerprints.shingleLength)
  private var fingerprints: Fingerprints
  private var labels: [UInt8] = []

  init(
    _ configuration: ScanConfiguration, scheme: Scheme, digest: SignatureDigest,
    sources: [SourceFile]
  ) {
    self.sources = sources
    self.digest = digest
    self.scheme = scheme
    keep = configuration.keep
    find = configuration.find
    fingerprints = Fingerprints(rules: configuration.passageRules)
    splitsArticles = configuration.articles != nil
    reader = DocumentReader(
      textField: configuration.textField, idField: configuration.idField, orderField: keep.field)
    shingles = ShingleIDs(length: scheme.shingleLength)
    signature = Signature(slotCount: scheme.slotCount, method: scheme.signatureMethod)
    bandKeys = BandKeys(shape: scheme.bands, scheme: Scheme.number)
  }

  /// Sketches the documents of a chunk.
  mutating func sketch(_ chunk: ChunkBuffer) -> ChunkSketches {
    var sketches = ChunkSketches()
    labels.removeAll(keepingCapacity: true)
    for (index, part) in chunk.parts.enumerated() {
      sketches.parts.append(
        ChunkSketches.Part(source: part.source, firstDocument: sketches.documents.count))
      for record in chunk.records[part.records] { sketch(record, part, chunk, &sketches) }
      appendProblems(of: index, part, chunk, &sketches)
    }
    sketches.fingerprints.group()
    sketches.labels = labels
    return sketches
  }

  private mutating func sketch(
    _ record: Record, _ part: ChunkPart, _ chunk: ChunkBuffer, _ sketches: inout ChunkSketches
  ) {
    let format = sources[part.source].format
    var document = DocumentRecord(
      offset: record.offset, length: UInt32(clamping: record.byteCount),
      labelOffset: labels.count)
    do throws(DocumentReader.Failure) {
      unsafe try reader.read(chunk.bytes(of: record), format, isFirst: record.offset == 0)
    } catch {
      if error.reason == .blankRecord {
        sketches.blankLineCount += 1
        return
      }
      document.isUnreadable = true
      report(error.reason, error.message, error.byte, record, &sketches)
      appendLabel(record, format, &document, isReadable: false)
      append(document, &sketches)
      return
    }
    let text = unsafe reader.text
    document.textByteCount = UInt32(clamping: text.count)
    tokens.read(unsafe text.bytes)
    document.identity = unsafe DocumentIdentity(of: tokens, source: text.bytes)
    reportReplacements(record, &sketches)
    appendLabel(record, format, &document, isReadable: true)
    sign(&sketches)
    appendOrder(document, record, format, &sketches)
    sketches.documents.append(document)
  }

  private mutating func sign(_ sketches: inout ChunkSketches) {
    guard tokens.count > 0 else { return appendNoSignature(&sketches) }
    if find == .passages {
      appendNoSignature(&sketches)
    } else {
      shingles.read(tokens)
      signature.read(shingles)
      bandKeys.append(of: signature, to: &sketches.keys)
      digest.append(of: signature, to: &sketches.digests)
    }
    if find != .documents { takeFingerprints(&sketches) }
  }

  private mutating func takeFingerprints(_ sketches: inout ChunkSketches) {
    if find == .all && shingles.length == Fingerprints.shingleLength {
      fingerprints.read(tokens, shingles: shingles)
    } else {
      gramShingles.read(tokens)
      fingerprints.read(tokens, shingles: gramShingles)
    }
    fingerprints.append(to: &sketches.fingerprints, document: UInt32(sketches.documents.count))
  }

  /// Every document has its place in the arrays.
  private func appendNoSignature(_ sketches: inout ChunkSketches) {
    sketches.keys.append(contentsOf: repeatElement(0, count: scheme.bands.bandCount))
    let words = digest.wordCount(slotCount: scheme.slotCount)
    sketches.digests.append(contentsOf: repeatElement(0, count: words))
  }

  private func append(_ document: DocumentRecord, _ sketches: inout ChunkSketches) {
    appendNoSignature(&sketches)
    if keep != .first { sketches.orderKeys.append(OrderValue.missing) }
    sketches.documents.append(document)
  }

  private mutating func appendOrder(
    _ document: DocumentRecord, _ record: Record, _ format: RecordFormat,
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
          .missingOrder, "Field \"\(field)\" \(found), so the document comes last in keep order.",
          nil, record, &sketches)
      }
      sketches.orderKeys.append(order ?? OrderValue.missing)
    }
  }

  private mutating func appendLabel(
    _ record: Record, _ format: RecordFormat, _ document: inout DocumentRecord, isReadable: Bool
  ) {
    let line = format == .text && !splitsArticles ? 0 : record.line + 1
    guard isReadable else {
      let none = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
      unsafe Label.append(line: line, id: none, title: none, to: &labels)
      return
    }
    let title = unsafe Title.find(in: reader.text)
    guard format == .jsonLines else {
      let none = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
      unsafe Label.append(line: line, id: none, title: title, to: &labels)
      return
    }
    unsafe reader.withID { id in
      unsafe Label.append(line: line, id: id, title: title, to: &labels)
      document.idHash = unsafe id.isEmpty ? 0 : reprise_xxh3_64(id.baseAddress, id.count)
    }
  }

  private func reportReplacements(_ record: Record, _ sketches: inout ChunkSketches) {
    let (invalid, lone) = (tokens.invalidSequenceCount, reader.loneSurrogateCount)
    if invalid > 0 {
      report(
        .invalidUTF8, "Byte sequences that are not UTF-8 were read as U+FFFD: \(invalid).", nil,
        record, &sketches)
    }
    if lone > 0 {
      report(
        .loneSurrogate,
        "Escapes of one half of a surrogate pair were read as U+FFFD: \(lone).", nil, record,
        &sketches)
    }
  }

  private func report(
    _ reason: CorpusError.Reason, _ message: String, _ byte: Int?, _ record: Record,
    _ sketches: inout ChunkSketches
  ) {
    let problem = Problem(
      source: sources[sketches.parts[record.part].source].path.text, line: record.line + 1,
      byte: Int(clamping: record.offset) + (byte ?? 0), reason: reason, message: message)
    sketches.problems.append(ChunkSketches.LocalProblem(part: record.part, problem: problem))
  }

  /// What the reader could not read.
  ///
  /// A text file of which nothing could be read is a document all the same: it stays, and the
  /// manifest says so.
  private mutating func appendProblems(
    of index: Int, _ part: ChunkPart, _ chunk: ChunkBuffer, _ sketches: inout ChunkSketches
  ) {
    for found in chunk.problems where found.part == index {
      var problem = Problem(found.error)
      problem.source = sources[part.source].path.text
      problem.line = found.line.map { $0 + 1 }
      sketches.problems.append(ChunkSketches.LocalProblem(part: index, problem: problem))
      let isLost = found.endsSource && part.offset == 0 && part.records.isEmpty
      guard isLost, sources[part.source].format == .text else { continue }
      let document = DocumentRecord(
        offset: 0, length: UInt32(clamping: sources[part.source].byteCount),
        labelOffset: labels.count, isUnreadable: true)
      let none = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
      unsafe Label.append(line: 0, id: none, title: none, to: &labels)
      append(document, &sketches)
    }
  }
}
