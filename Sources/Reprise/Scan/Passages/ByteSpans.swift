internal import RepriseCore
internal import RepriseCorpus
internal import Synchronization

/// Where runs of tokens stand in the texts of their documents.
struct ByteSpans: Sendable {
  /// A run of tokens of a document.
  struct Request: Sendable {
    /// The document's place in keep order.
    var rank: UInt32
    var tokens: Range<Int>
    /// How many bytes of the run's text are wanted.
    var textLimit = 0
  }

  /// Its bytes: from the first byte of the first token to the last byte of the last one.
  struct Span: Sendable {
    var bytes: Range<Int>
    var words: Int
    /// The first line of the run.
    var title: String
    /// The run's text, or its beginning.
    var text: String
  }

  /// What was found, in the order of the requests; nil for documents that could not be read again.
  private(set) var spans: [Span?]

  /// Reads the documents once each, on all threads.
  init(_ requests: [Request], order: KeepOrder, rereader: DocumentRereader, threads: Int) {
    let sorted = requests.indices.sorted { (requests[$0].rank, $0) < (requests[$1].rank, $1) }
    var documents: [ArraySlice<Int>] = []
    var rest = sorted[...]
    while let rank = rest.first.map({ requests[$0].rank }) {
      documents.append(rest.prefix { requests[$0].rank == rank })
      rest = rest.dropFirst(documents[documents.count - 1].count)
    }
    let found = Mutex([Span?](repeating: nil, count: requests.count))
    let work = documents
    Workers.forEach(work.count, threads: threads) { _ in
      rereader.makeReader(keepsSourceRanges: true)
    } body: { index, reader in
      let spans = Self.spans(work[index].map { requests[$0] }, order, reader)
      found.withLock { found in
        for (request, span) in zip(work[index], spans) { found[request] = span }
      }
    }
    spans = found.withLock { $0 }
  }

  /// The places of requests for one document.
  private static func spans(
    _ requests: [Request], _ order: KeepOrder, _ reader: DocumentRereader.Reader
  ) -> [Span] {
    guard let rank = requests.first?.rank else { return [] }
    let spans = unsafe reader.withText(of: order.document(rank)) { text, tokens in
      let weights = TokenWeights(tokens)
      var spans: [Span] = []
      for request in requests {
        let start = tokens.sourceRange(ofToken: request.tokens.lowerBound).lowerBound
        let end = tokens.sourceRange(ofToken: request.tokens.upperBound - 1).upperBound
        let bytes = unsafe UnsafeRawBufferPointer(rebasing: text[start..<end])
        let span = unsafe Span(
          bytes: start..<end, words: weights.words(request.tokens),
          title: request.textLimit > 0
            ? String(decoding: Title.find(in: bytes), as: UTF8.self) : "",
          text: Title.prefix(of: bytes, atMost: request.textLimit))
        spans.append(span)
      }
      return spans
    }
    return spans ?? []
  }
}
