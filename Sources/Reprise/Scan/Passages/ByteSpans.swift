internal import RepriseCore
internal import RepriseCorpus
internal import Synchronization

/// Converts spans of tokens into spans of bytes, by reading the documents again.
struct ByteSpans: Sendable {
  /// A span of tokens in a document.
  struct Request: Sendable {
    /// The document's rank in keep order.
    var rank: UInt32
    var tokens: Range<Int>
    /// The maximum number of bytes of the span's text to return; 0 also leaves out its title.
    var textLimit = 0
  }

  /// A span from the first byte of its first token to the last byte of its last token.
  struct Span: Sendable {
    var bytes: Range<Int>
    var words: Int
    /// The first non-blank line of the span.
    var title: String
    /// The text of the span, or its beginning.
    var text: String
  }

  /// The spans in the order of the requests; nil for documents that could not be read again.
  private(set) var spans: [Span?]

  /// Reads each document once, on all threads.
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

  /// Returns the spans of the requests for one document.
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
        // In bounds: token ranges lie within the text that was tokenized, and ascend.
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
