internal import RepriseCore

/// The repeated passages of a corpus and the cuts, in bytes.
package struct FoundPassages: Sendable {
  /// A passage with all its occurrences.
  package struct Group: Sendable {
    /// The documents of the occurrences: first the one that keeps the passage, then the others in
    /// corpus order.
    package var documents: [Int]
    package var places: [Range<Int>]
    package var identities: [Double]
    /// The number of line feeds in the document's text before each occurrence.
    package var lineFeedCounts: [UInt32]
    package var title: String
    /// The beginning of the text of the first occurrence.
    package var excerpt: String
    /// The number of words of each occurrence.
    package var wordCounts: [Int]
    /// For boilerplate, the number of documents that contain it, and the beginning of its text.
    package var boilerplate: (documentCount: Int, text: String)?
  }

  /// A passage that is cut from a document.
  package struct DocumentCut: Sendable {
    // A document has at most 2^30 bytes, and documents are numbered with 32 bits. There are very
    // many cuts.
    private let start: UInt32
    private let end: UInt32
    private let packedSource: UInt32
    private let sourceStart: UInt32
    private let sourceEnd: UInt32
    private let packedWords: UInt32
    package let identity: Double

    package init(
      bytes: Range<Int>, source: Int, sourceBytes: Range<Int>, words: Int, identity: Double
    ) {
      start = UInt32(bytes.lowerBound)
      end = UInt32(bytes.upperBound)
      packedSource = UInt32(source)
      sourceStart = UInt32(sourceBytes.lowerBound)
      sourceEnd = UInt32(sourceBytes.upperBound)
      packedWords = UInt32(words)
      self.identity = identity
    }

    package var bytes: Range<Int> { Int(start)..<Int(end) }
    /// The document that keeps it, and where.
    package var source: Int { Int(packedSource) }
    package var sourceBytes: Range<Int> { Int(sourceStart)..<Int(sourceEnd) }
    package var words: Int { Int(packedWords) }
  }

  /// A document that repeats another document, or itself, too often for all repeats to be followed.
  package struct Incomplete: Sendable {
    package var document: Int
    /// The first document that it repeats.
    package var other: Int
    /// The number of tokens that may repeat others and are neither cut nor protected.
    package var tokenCount: Int
  }

  /// A document that is dropped because of its passages.
  package enum Dropped: Sendable {
    /// One kept document has nearly all of its words; the share that it has.
    case contained(in: Int, share: Double)
    /// What its cuts leave is similar to what they leave of a kept document.
    case near(to: Int, Similarity)
    /// All of its tokens are cut.
    case repeated
    /// Fewer words would be left than the rules require.
    case remnant
  }

  /// All passages that were found, then boilerplate.
  package private(set) var groups: [Group] = []
  /// The cuts of each trimmed or dropped document, ascending.
  package private(set) var cuts: [Int: [DocumentCut]] = [:]
  /// Documents that are dropped because of their passages, without their copies.
  package private(set) var dropped: [Int: Dropped] = [:]

  /// Adds the similarities of the documents that are dropped as near-duplicates for what their cuts
  /// leave.
  package func add(to histogram: inout SimilarityHistogram) {
    for case .near(_, let similarity) in dropped.values {
      histogram.add(shared: similarity.intersection, all: similarity.union)
    }
  }

  /// Documents that may have more passages than were found, in corpus order.
  package var incomplete: [Incomplete] = []

  /// Creates an empty result.
  package init() {}

  /// The maximum number of bytes of a boilerplate's text to show.
  private static let textLimit = 4096
  /// The maximum number of bytes of a passage to show.
  private static let excerptLimit = 200

  /// Reads the documents again to find the byte spans of all cuts and passages.
  package init(
    plan: CutPlan, _ containment: Containment, groups: [PassageGroup], boilerplate: [Boilerplate],
    decisions: Decisions, order: KeepOrder, rereader: DocumentRereader, referenceCount: Int,
    threads: Int, _ cancellation: Cancellation
  ) {
    // Reference documents stay as they are, and passages among them are not reported.
    func isReference(_ rank: UInt32) -> Bool { order.document(rank) < referenceCount }
    let vanishedDocuments = plan.vanished.filter { !isReference($0.key) }
    let groups =
      referenceCount == 0
      ? groups
      : groups.filter { group in group.occurrences.contains { !isReference($0.document) } }
    for (rank, drop) in containment.drops where !isReference(rank) {
      dropped[order.document(rank)] = .contained(
        in: order.document(drop.container), share: drop.share)
    }
    for (rank, reason) in vanishedDocuments {
      dropped[order.document(rank)] =
        switch reason {
        case .repeated: .repeated
        case .remnant: .remnant
        case .contained(let drop):
          .contained(in: order.document(drop.container), share: drop.share)
        case .near(let kept, let similarity): .near(to: order.document(kept), similarity)
        }
    }
    // Copies of a dropped document have the same tokens, so the same tokens of them are cut.
    let vanished = Set(vanishedDocuments.keys.map(order.document))
    let copies = decisions.copies(of: vanished)
    var cuts: [(document: Int, cut: Passage)] = []
    for cut in plan.cuts where !isReference(cut.second) {
      let document = order.document(cut.second)
      cuts.append((document, cut))
      for copy in copies[document] ?? [] { cuts.append((copy, cut)) }
    }
    var requests: [ByteSpans.Request] = []
    requests += cuts.lazy.map {
      ByteSpans.Request(document: $0.document, tokens: $0.cut.secondTokens)
    }
    requests += cuts.lazy.map {
      ByteSpans.Request(document: order.document($0.cut.first), tokens: $0.cut.firstTokens)
    }
    requests += boilerplate.lazy.map {
      ByteSpans.Request(
        document: order.document($0.document), tokens: $0.tokens, textLimit: Self.textLimit,
        countsLines: true)
    }
    for group in groups {
      for (index, occurrence) in group.occurrences.enumerated() {
        requests.append(
          ByteSpans.Request(
            document: order.document(occurrence.document), tokens: occurrence.tokens,
            textLimit: index == 0 ? Self.excerptLimit : 0, countsLines: true))
      }
    }
    if rereader.needsCopies { rereader.copyMore(Set(requests.lazy.map { UInt32($0.document) })) }
    var spans = ByteSpans(requests, rereader: rereader, threads: threads, cancellation).spans[...]
    add(cuts, spans.prefix(2 * cuts.count), order)
    spans = spans.dropFirst(2 * cuts.count)
    let boilerplateSpans = spans.prefix(boilerplate.count)
    spans = spans.dropFirst(boilerplate.count)
    for group in groups {
      add(group, spans.prefix(group.occurrences.count), order, referenceCount)
      spans = spans.dropFirst(group.occurrences.count)
    }
    self.groups.sort {
      ($0.documents[0], $0.places[0].lowerBound) < ($1.documents[0], $1.places[0].lowerBound)
    }
    for (boilerplate, span) in zip(boilerplate, boilerplateSpans) {
      if let span { add(boilerplate, span, order) }
    }
  }

  private mutating func add(
    _ found: [(document: Int, cut: Passage)], _ spans: ArraySlice<ByteSpans.Span?>,
    _ order: KeepOrder
  ) {
    for (index, (document, cut)) in found.enumerated() {
      guard let span = spans[spans.startIndex + index],
        let source = spans[spans.startIndex + found.count + index]
      else {
        // A cut cannot be made if a text could not be read again.
        dropped[document] = nil
        continue
      }
      cuts[document, default: []].append(
        DocumentCut(
          bytes: span.bytes, source: order.document(cut.first), sourceBytes: source.bytes,
          words: span.words, identity: cut.identity))
    }
  }

  private mutating func add(
    _ group: PassageGroup, _ spans: ArraySlice<ByteSpans.Span?>, _ order: KeepOrder,
    _ referenceCount: Int
  ) {
    guard let kept = spans.first ?? nil else { return }
    let copies = zip(group.occurrences, spans).dropFirst().compactMap { occurrence, span in
      span.map {
        (
          order.document(occurrence.document), $0.bytes, occurrence.identity, $0.lineFeedCount,
          $0.words
        )
      }
    }.filter { $0.0 >= referenceCount }
      .sorted { ($0.0, $0.1.lowerBound) < ($1.0, $1.1.lowerBound) }
    guard !copies.isEmpty else { return }
    groups.append(
      Group(
        documents: [order.document(group.occurrences[0].document)] + copies.map(\.0),
        places: [kept.bytes] + copies.map(\.1), identities: [1] + copies.map(\.2),
        lineFeedCounts: [kept.lineFeedCount] + copies.map(\.3), title: kept.title,
        excerpt: kept.text, wordCounts: [kept.words] + copies.map(\.4)))
  }

  private mutating func add(
    _ boilerplate: Boilerplate, _ span: ByteSpans.Span, _ order: KeepOrder
  ) {
    groups.append(
      Group(
        documents: [order.document(boilerplate.document)], places: [span.bytes], identities: [1],
        lineFeedCounts: [span.lineFeedCount], title: span.title,
        excerpt: excerpt(of: span.text),
        wordCounts: [span.words],
        boilerplate: (boilerplate.documentCount, span.text)))
  }

  private func excerpt(of text: String) -> String {
    unsafe Array(text.utf8).withUnsafeBytes {
      unsafe Title.prefix(of: $0, atMost: Self.excerptLimit)
    }
  }
}
