internal import RepriseCore
internal import Synchronization

/// The properties of the texts that may be cut, by reading the documents again.
struct CutTexts: Sendable {
  private var texts: [UInt32: CutText] = [:]
  /// The memory that the texts take, in bytes.
  private(set) var byteCount = 0

  /// No texts.
  init() {}

  /// Reads each document once that was not read before, on all threads.
  ///
  /// A cancelled run does not read further documents.
  ///
  /// - Parameters:
  ///   - ranks: the documents, by their ranks in keep order.
  ///   - rules: the minimum length of a passage, and the rules for cuts.
  ///   - order: the keep order.
  ///   - rereader: reads documents again.
  ///   - ignored: grams of texts that the user wants to be ignored.
  ///   - threads: the number of threads.
  ///   - cancellation: the cancellation of the run.
  ///   - isStructured: whether the name of a document's file says that it must not be cut inside.
  mutating func read(
    _ ranks: [UInt32], rules: PassageRules, order: KeepOrder, rereader: DocumentRereader,
    ignored: IgnoredGrams, threads: Int, _ cancellation: Cancellation,
    isStructured: @escaping @Sendable (Int) -> Bool
  ) {
    let ranks = Set(ranks).filter { texts[$0] == nil }.sorted()
    rereader.copyMore(ranks: ranks, in: order)
    let found = Mutex<[UInt32: CutText]>([:])
    Workers.forEach(ranks.count, threads: threads, cancellation) { _ in
      rereader.makeReader(keepsSourceRanges: true)
    } body: { index, reader in
      let document = order.document(ranks[index])
      let text = unsafe reader.withText(of: document) { text, tokens in
        unsafe CutText(
          TokenBreaks(text.bytes, tokens),
          isStructured: isStructured(document) || StructuredText.isRecognized(text),
          ignored: ignored.isEmpty ? [] : ignored.ranges(in: PassageText(tokens)),
          essential: rules.cuts.mode == .edited ? EssentialTokens.positions(in: tokens) : [],
          rules: rules)
      }
      if let text { found.withLock { $0[ranks[index]] = text } }
    }
    let read = found.withLock { $0 }
    texts.merge(read) { $1 }
    byteCount += read.values.reduce(0) { $0 + $1.byteCount }
  }

  /// The text of a document, by its rank in keep order; nil if it could not be read again.
  subscript(rank: UInt32) -> CutText? { texts[rank] }
}
