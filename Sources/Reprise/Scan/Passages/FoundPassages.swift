internal import RepriseCore
internal import RepriseFormats

/// The repeated passages of a corpus and the cuts, in bytes.
struct FoundPassages: Sendable {
  /// A passage with all its occurrences.
  struct Group: Sendable {
    /// The documents of the occurrences: first the one that keeps the passage, then the others in
    /// corpus order.
    var documents: [Int]
    var places: [Range<Int>]
    var identities: [Double]
    var title: String
    var words: Int
    /// For boilerplate, the number of documents that contain it, and the beginning of its text.
    var boilerplate: (documentCount: Int, text: String)?
  }

  /// A passage that is cut from a document.
  struct DocumentCut: Sendable {
    // A document has at most 2^30 bytes, and documents are numbered with 32 bits. There are very
    // many cuts.
    private let start: UInt32
    private let end: UInt32
    private let packedSource: UInt32
    private let sourceStart: UInt32
    private let sourceEnd: UInt32
    private let packedWords: UInt32
    let identity: Double

    init(
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

    var bytes: Range<Int> { Int(start)..<Int(end) }
    /// The document that keeps it, and where.
    var source: Int { Int(packedSource) }
    var sourceBytes: Range<Int> { Int(sourceStart)..<Int(sourceEnd) }
    var words: Int { Int(packedWords) }
  }

  /// A document that repeats another document, or itself, too often for all repeats to be followed.
  struct Incomplete: Sendable {
    var document: Int
    /// The first document that it repeats.
    var other: Int
    /// The number of tokens that may repeat others and are neither cut nor protected.
    var tokenCount: Int
  }

  /// Passages with at least one cut, then boilerplate.
  private(set) var groups: [Group] = []
  /// The cuts of each trimmed document, ascending.
  private(set) var cuts: [Int: [DocumentCut]] = [:]
  /// Documents that consist of cuts alone.
  private(set) var repeated: Set<Int> = []

  /// Documents that may have more passages than were found, in corpus order.
  var incomplete: [Incomplete] = []

  /// Creates an empty result.
  init() {}

  /// The maximum number of bytes of a boilerplate's text to show.
  private static let textLimit = 4096
  /// A limit above 0, so that a title is returned.
  private static let titleLimit = 1

  /// Reads the documents again to find the byte spans of all cuts and passages.
  init(
    plan: CutPlan, groups: [PassageGroup], boilerplate: [Boilerplate], order: KeepOrder,
    rereader: DocumentRereader, threads: Int, _ cancellation: Cancellation
  ) {
    let cuts = plan.cuts
    var requests: [ByteSpans.Request] = []
    requests.reserveCapacity(2 * cuts.count + groups.count + boilerplate.count)
    requests += cuts.lazy.map { ByteSpans.Request(rank: $0.second, tokens: $0.secondTokens) }
    requests += cuts.lazy.map { ByteSpans.Request(rank: $0.first, tokens: $0.firstTokens) }
    requests += groups.map {
      ByteSpans.Request(rank: $0.document, tokens: $0.tokens, textLimit: Self.titleLimit)
    }
    requests += boilerplate.map {
      ByteSpans.Request(rank: $0.document, tokens: $0.tokens, textLimit: Self.textLimit)
    }
    let places = ByteSpans(
      requests, order: order, rereader: rereader, threads: threads, cancellation
    ).spans
    addCuts(plan, places[..<(2 * cuts.count)], order, rereader)
    for (group, place) in zip(groups, places[(2 * cuts.count)...]) {
      guard let place else { continue }
      add(group, place, cuts, places[..<cuts.count], order)
    }
    self.groups.sort {
      ($0.documents[0], $0.places[0].lowerBound) < ($1.documents[0], $1.places[0].lowerBound)
    }
    for (boilerplate, place) in zip(boilerplate, places.suffix(boilerplate.count)) {
      if let place { add(boilerplate, place, order) }
    }
  }

  private mutating func addCuts(
    _ plan: CutPlan, _ places: ArraySlice<ByteSpans.Span?>, _ order: KeepOrder,
    _ rereader: DocumentRereader
  ) {
    // Documents with a cut that cannot be made, because a text could not be read again.
    var incomplete: Set<Int> = []
    for (index, cut) in plan.cuts.enumerated() {
      let document = order.document(cut.second)
      guard let place = places[index], let source = places[plan.cuts.count + index] else {
        incomplete.insert(document)
        continue
      }
      cuts[document, default: []].append(
        DocumentCut(
          bytes: place.bytes, source: order.document(cut.first), sourceBytes: source.bytes,
          words: cut.words, identity: cut.identity))
      if plan.cutsAll(of: cut.second, tokenCount: rereader.tokenCount(of: document)) {
        repeated.insert(document)
      }
    }
    repeated.subtract(incomplete)
  }

  private mutating func add(
    _ group: PassageGroup, _ kept: ByteSpans.Span, _ cuts: PassageList,
    _ places: ArraySlice<ByteSpans.Span?>, _ order: KeepOrder
  ) {
    let copies = group.copies.compactMap { index in
      places[index].map { (order.document(cuts[index].second), $0.bytes, cuts[index].identity) }
    }.sorted { ($0.0, $0.1.lowerBound) < ($1.0, $1.1.lowerBound) }
    guard !copies.isEmpty else { return }
    groups.append(
      Group(
        documents: [order.document(group.document)] + copies.map(\.0),
        places: [kept.bytes] + copies.map(\.1), identities: [1] + copies.map(\.2),
        title: kept.title, words: kept.words))
  }

  private mutating func add(
    _ boilerplate: Boilerplate, _ place: ByteSpans.Span, _ order: KeepOrder
  ) {
    groups.append(
      Group(
        documents: [order.document(boilerplate.document)], places: [place.bytes], identities: [1],
        title: place.title, words: place.words,
        boilerplate: (boilerplate.documentCount, place.text)))
  }
}
