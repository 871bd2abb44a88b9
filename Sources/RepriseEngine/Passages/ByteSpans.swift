internal import RepriseCore
internal import RepriseSystem
internal import Synchronization

/// Converts spans of tokens into spans of bytes, by reading the documents again.
struct ByteSpans: Sendable {
  /// A span of tokens in a document.
  struct Request: Sendable {
    private let packedDocument: UInt32
    // Positions are below 2^30: a text has at most 2^30 bytes. There are very many requests.
    private let start: UInt32
    private let end: UInt32
    private let packedLimit: UInt32
    /// Whether the line feeds before the run are counted.
    let countsLines: Bool

    /// Asks for a run of tokens and, unless the limit is 0, for the beginning of its text.
    init(document: Int, tokens: Range<Int>, textLimit: Int = 0, countsLines: Bool = false) {
      self.countsLines = countsLines
      packedDocument = UInt32(document)
      start = UInt32(tokens.lowerBound)
      end = UInt32(tokens.upperBound)
      packedLimit = UInt32(textLimit)
    }

    var document: Int { Int(packedDocument) }
    var tokens: Range<Int> { Int(start)..<Int(end) }
    var textLimit: Int { Int(packedLimit) }
  }

  /// A span from the first byte of its first token to the last byte of its last token.
  struct Span: Sendable {
    private let start: UInt32
    private let end: UInt32
    private let packedWords: UInt32
    /// The number of line feeds before the run, if they were asked for.
    let lineFeedCount: UInt32
    /// Of a run whose text is wanted.
    private let excerpt: Excerpt?

    init(bytes: Range<Int>, words: Int, lineFeedCount: UInt32 = 0, excerpt: Excerpt?) {
      self.lineFeedCount = lineFeedCount
      start = UInt32(bytes.lowerBound)
      end = UInt32(bytes.upperBound)
      packedWords = UInt32(words)
      self.excerpt = excerpt
    }

    var bytes: Range<Int> { Int(start)..<Int(end) }
    var words: Int { Int(packedWords) }
    /// The first line of the run.
    var title: String { excerpt?.title ?? "" }
    /// The run's text, or its beginning.
    var text: String { excerpt?.text ?? "" }
  }

  /// What is shown of a run; by reference, as most places have none.
  final class Excerpt: Sendable {
    let title: String
    let text: String

    init(title: String, text: String) {
      self.title = title
      self.text = text
    }
  }

  /// The spans in the order of the requests; nil for documents that could not be read again.
  private(set) var spans: [Span?]

  /// Reads each document once, on all threads.
  ///
  /// A cancelled run does not read further documents.
  init(
    _ requests: [Request], rereader: DocumentRereader, threads: Int, _ cancellation: Cancellation
  ) {
    let sorted = requests.indices.sorted {
      (requests[$0].document, $0) < (requests[$1].document, $1)
    }
    var documents: [ArraySlice<Int>] = []
    var rest = sorted[...]
    while let document = rest.first.map({ requests[$0].document }) {
      documents.append(rest.prefix { requests[$0].document == document })
      rest = rest.dropFirst(documents[documents.count - 1].count)
    }
    let found = Mutex([Span?](repeating: nil, count: requests.count))
    let work = documents
    Workers.forEach(work.count, threads: threads, cancellation) { _ in
      rereader.makeReader(keepsSourceRanges: true)
    } body: { index, reader in
      let spans = Self.spans(work[index].map { requests[$0] }, reader)
      found.withLock { found in
        for (request, span) in zip(work[index], spans) { found[request] = span }
      }
    }
    spans = found.withLock { $0 }
  }

  /// Returns the spans of the requests for one document.
  private static func spans(
    _ requests: [Request], _ reader: TextReader
  ) -> [Span] {
    guard let document = requests.first?.document else { return [] }
    let spans = unsafe reader.withText(of: document) { text, tokens in
      let weights = TokenWeights(tokens)
      var spans: [Span] = []
      spans.reserveCapacity(requests.count)
      let lineFeedCounts = unsafe lineFeedCounts(requests, text, tokens)
      for (index, request) in requests.enumerated() {
        let start = tokens.sourceRange(ofToken: request.tokens.lowerBound).lowerBound
        let end = tokens.sourceRange(ofToken: request.tokens.upperBound - 1).upperBound
        // In bounds: token ranges lie within the text that was tokenized, and ascend.
        let bytes = unsafe UnsafeRawBufferPointer(rebasing: text[start..<end])
        let excerpt =
          request.textLimit == 0
          ? nil
          : unsafe Excerpt(
            title: String(decoding: Title.find(in: bytes), as: UTF8.self),
            text: Title.prefix(of: bytes, atMost: request.textLimit))
        spans.append(
          Span(
            bytes: start..<end, words: weights.words(request.tokens),
            lineFeedCount: lineFeedCounts[index],
            excerpt: excerpt))
      }
      return spans
    }
    return spans ?? []
  }

  /// Counts the line feeds before each span whose request asks for them; 0 for the others.
  /// - Complexity: O(bytes + n log n) for n requests.
  private static func lineFeedCounts(
    _ requests: [Request], _ text: UnsafeRawBufferPointer, _ tokens: borrowing TokenizedText
  ) -> [UInt32] {
    var counts = [UInt32](repeating: 0, count: requests.count)
    let counted = requests.indices.filter { requests[$0].countsLines }
      .sorted { requests[$0].tokens.lowerBound < requests[$1].tokens.lowerBound }
    var (end, count): (Int, UInt32) = (0, 0)
    for index in counted {
      let start = tokens.sourceRange(ofToken: requests[index].tokens.lowerBound).lowerBound
      // In bounds: the ranges of tokens lie in the text, and `memchr` finds offsets below `start`.
      while end < start, let base = text.baseAddress,
        let found = unsafe memchr(base + end, 0x0A, start - end)
      {
        count += 1
        end = unsafe found - UnsafeMutableRawPointer(mutating: base) + 1
      }
      end = max(end, start)
      counts[index] = count
    }
    return counts
  }
}
