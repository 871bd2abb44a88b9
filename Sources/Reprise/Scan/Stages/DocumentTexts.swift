internal import RepriseCore
internal import RepriseCorpus
internal import Synchronization

/// Reads documents again.
final class DocumentTexts: Sendable {
  private let configuration: ScanConfiguration
  private let sources: [SourceFile]
  private let store: SketchStore
  private let fetcher: RecordFetcher
  private let failures = Mutex<[Int: CorpusError]>([:])

  init(
    _ configuration: ScanConfiguration, sources: [SourceFile], store: SketchStore,
    fetcher: RecordFetcher
  ) {
    self.configuration = configuration
    self.sources = sources
    self.store = store
    self.fetcher = fetcher
  }

  /// The sources that could not be read again, each with its first error.
  ///
  /// Their documents were verified against none, so they stay.
  var problems: [(source: Int, problem: Problem)] {
    failures.withLock { failures in
      failures.sorted { $0.key < $1.key }.map { ($0.key, Problem($0.value)) }
    }
  }

  /// Copies documents of compressed and converted sources to a temporary file, source by source on all threads:
  /// they cannot be read in place.
  ///
  /// What was copied before is forgotten.
  func spool(_ documents: some Sequence<UInt32>) {
    guard needsSpool else { return }
    var bySource: [Int: [RecordLocation]] = [:]
    let records = SketchReader(store)
    for document in documents {
      let place = location(of: Int(document), records.record(Int(document)))
      guard fetcher.isSequential(source: place.source) else { continue }
      bySource[place.source, default: []].append(place)
    }
    let packed = bySource.sorted { $0.key < $1.key }
    Workers.forEach(packed.count, threads: configuration.threads) { index in
      do throws(CorpusError) {
        try self.fetcher.spool(packed[index].value)
      } catch {
        self.failures.withLock { $0[packed[index].key] = error }
      }
    }
  }

  /// True if some source must be copied before its documents can be read again.
  var needsSpool: Bool { sources.indices.contains { fetcher.isSequential(source: $0) } }

  /// The tokens that a document had when it was first read.
  func tokenCount(of index: Int) -> Int {
    Int(SketchReader(store).record(index).identity.tokenCount)
  }

  private func location(of index: Int, _ document: DocumentRecord) -> RecordLocation {
    RecordLocation(
      source: Int(store.part(of: index).source), offset: document.offset,
      byteCount: Int(document.length))
  }

  /// A reader for one thread.
  ///
  /// - Parameter keepsSourceRanges: true to know of every token where it stands in the text.
  /// - Returns: a reader with buffers of its own.
  func makeReader(keepsSourceRanges: Bool = false) -> Reader {
    Reader(self, keepsSourceRanges: keepsSourceRanges)
  }

  /// Buffers to read one document at a time.
  final class Reader {
    private let texts: DocumentTexts
    private let records: SketchReader
    private let buffer = RecordBuffer()
    private var reader: DocumentReader
    private var tokens: TokenizedText
    private var shingles: ShingleIDs

    fileprivate init(_ texts: DocumentTexts, keepsSourceRanges: Bool) {
      self.texts = texts
      records = SketchReader(texts.store)
      tokens = TokenizedText(
        keepsSourceRanges: keepsSourceRanges, folding: texts.configuration.folding)
      let configuration = texts.configuration
      reader = DocumentReader(
        textField: configuration.textField, idField: configuration.idField, orderField: nil)
      shingles = ShingleIDs(length: configuration.shingleLength)
    }

    /// The shingle ids of a document; nil if it cannot be read again, or is not what it was.
    func shingles(of index: Int) -> [UInt64]? {
      guard read(index) else { return nil }
      shingles.read(tokens)
      return shingles.array
    }

    /// The tokens of a document as numbers; nil if it cannot be read again, or is not what it was.
    func passageText(of index: Int) -> PassageText? { read(index) ? PassageText(tokens) : nil }

    /// Calls `body` with the text of a document and its tokens; nil if it cannot be read again, or is
    /// not what it was.
    func withText<Result>(
      of index: Int, _ body: (UnsafeRawBufferPointer, borrowing TokenizedText) -> Result
    ) -> Result? {
      guard read(index) else { return nil }
      return unsafe body(reader.text, tokens)
    }

    /// Reads the text and the tokens of a document.
    private func read(_ index: Int) -> Bool {
      let document = records.record(index)
      let place = texts.location(of: index, document)
      let source = place.source
      do throws(CorpusError) {
        try texts.fetcher.read(place, into: buffer)
      } catch {
        texts.failures.withLock { $0[source] = $0[source] ?? error }
        return false
      }
      do throws(DocumentReader.Failure) {
        unsafe try reader.read(
          buffer.bytes, texts.sources[source].format, isFirst: document.offset == 0)
      } catch {
        reportChange(of: source)
        return false
      }
      let text = unsafe reader.text
      tokens.read(unsafe text.bytes)
      guard unsafe DocumentIdentity(of: tokens, source: text.bytes) == document.identity else {
        reportChange(of: source)
        return false
      }
      return true
    }

    private func reportChange(of source: Int) {
      let error = CorpusError.changed(
        texts.sources[source].path, "a document in it changed after it was first read")
      texts.failures.withLock { $0[source] = $0[source] ?? error }
    }
  }
}
