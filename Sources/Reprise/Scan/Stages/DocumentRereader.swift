internal import RepriseCore
internal import RepriseFormats
internal import Synchronization

/// Reads documents again, to verify them or to find their passages.
final class DocumentRereader: Sendable {
  private let input: InputOptions
  private let scheme: Scheme
  private let threads: Int
  private let cancellation: Cancellation
  private let inputs: [InputFile]
  private let store: SketchStore
  private let fetcher: RecordFetcher
  private let failures = Mutex<[Int: CorpusError]>([:])

  init(
    _ options: CheckedOptions, inputs: [InputFile], store: SketchStore, fetcher: RecordFetcher,
    _ cancellation: Cancellation
  ) {
    input = options.input
    scheme = options.matching.scheme
    threads = options.resources.threads
    self.cancellation = cancellation
    self.inputs = inputs
    self.store = store
    self.fetcher = fetcher
  }

  /// The inputs that could not be read again, each with its first error.
  ///
  /// Their documents were not compared, so they are kept.
  var problems: [(input: Int, problem: Problem)] {
    failures.withLock { failures in
      failures.sorted { $0.key < $1.key }.map { ($0.key, Problem($0.value)) }
    }
  }

  /// Copies documents of compressed and converted inputs, which cannot be read in place, to a
  /// temporary file.
  ///
  /// Reads each input once, on all threads.
  ///
  /// Earlier copies are discarded.
  func copy(_ documents: some Sequence<UInt32>) {
    guard needsCopies else { return }
    var byInput: [Int: [RecordLocation]] = [:]
    let descriptors = SketchReader(store)
    for document in documents {
      let place = location(of: Int(document), descriptors.descriptor(Int(document)))
      guard fetcher.isSequential(input: place.input) else { continue }
      byInput[place.input, default: []].append(place)
    }
    let packed = byInput.sorted { $0.key < $1.key }
    Workers.forEach(packed.count, threads: threads, cancellation) { index in
      do throws(CorpusError) {
        try self.fetcher.copy(packed[index].value)
      } catch {
        self.failures.withLock { $0[packed[index].key] = error }
      }
    }
  }

  /// True if some input must be copied before its documents can be read again.
  var needsCopies: Bool { inputs.indices.contains { fetcher.isSequential(input: $0) } }

  /// Returns the number of tokens of a document when it was first read.
  func tokenCount(of index: Int) -> Int {
    Int(SketchReader(store).descriptor(index).contentHash.tokenCount)
  }

  private func location(of index: Int, _ document: DocumentDescriptor) -> RecordLocation {
    RecordLocation(
      input: Int(store.slice(of: index).input), offset: document.offset,
      byteCount: Int(document.length))
  }

  /// Creates a reader for one thread.
  ///
  /// - Parameter keepsSourceRanges: true to record the byte range of every token in the text.
  /// - Returns: a reader with buffers of its own.
  func makeReader(keepsSourceRanges: Bool = false) -> Reader {
    Reader(self, keepsSourceRanges: keepsSourceRanges)
  }

  /// Reads one document at a time into reused buffers.
  ///
  /// Not thread-safe.
  final class Reader {
    private let rereader: DocumentRereader
    private let descriptors: SketchReader
    private let buffer = RecordBuffer()
    private var reader: DocumentReader
    private var tokens: TokenizedText
    private var shingles: ShingleIDs

    fileprivate init(_ rereader: DocumentRereader, keepsSourceRanges: Bool) {
      self.rereader = rereader
      descriptors = SketchReader(rereader.store)
      tokens = TokenizedText(
        keepsSourceRanges: keepsSourceRanges, folding: rereader.scheme.folding)
      reader = DocumentReader(
        textField: rereader.input.textField, idField: rereader.input.idField, orderField: nil)
      shingles = ShingleIDs(length: rereader.scheme.shingleLength)
    }

    /// Returns the shingle ids of a document; nil if it cannot be read again or has changed.
    func shingles(of index: Int) -> [UInt64]? {
      guard read(index) else { return nil }
      shingles.read(tokens)
      return shingles.array
    }

    /// Returns the numbered tokens of a document; nil if it cannot be read again or has changed.
    func passageText(of index: Int) -> PassageText? { read(index) ? PassageText(tokens) : nil }

    /// Calls `body` with the text and the tokens of a document, valid during the call; returns nil
    /// if the document cannot be read again or has changed.
    func withText<Result>(
      of index: Int, _ body: (UnsafeRawBufferPointer, borrowing TokenizedText) -> Result
    ) -> Result? {
      guard read(index) else { return nil }
      return unsafe body(reader.text, tokens)
    }

    /// Reads the text and the tokens of a document; false if it cannot be read again or has
    /// changed.
    private func read(_ index: Int) -> Bool {
      let document = descriptors.descriptor(index)
      let place = rereader.location(of: index, document)
      let input = place.input
      do throws(CorpusError) {
        try rereader.fetcher.read(place, into: buffer)
      } catch {
        rereader.failures.withLock { $0[input] = $0[input] ?? error }
        return false
      }
      do throws(DocumentReader.Failure) {
        unsafe try reader.read(
          buffer.bytes, rereader.inputs[input].format, isFirst: document.offset == 0)
      } catch {
        reportChange(of: input)
        return false
      }
      let text = unsafe reader.text
      tokens.read(unsafe text.bytes)
      guard unsafe ContentHash(of: tokens, source: text.bytes) == document.contentHash else {
        reportChange(of: input)
        return false
      }
      return true
    }

    private func reportChange(of input: Int) {
      let error = CorpusError.changed(
        rereader.inputs[input].path, "a document in it changed after it was first read")
      rereader.failures.withLock { $0[input] = $0[input] ?? error }
    }
  }
}
