internal import RepriseCore

/// What a search needs of a document's remaining tokens.
struct Remainder: Sendable {
  /// The hash of the tokens, as if they were a document.
  var hash: ContentHash
  /// The fingerprints near the seams.
  var nearSeams: FingerprintList
  /// The numbered tokens, if there is memory for them.
  var text: PassageText?
  /// A key for each band, if near-duplicates are compared.
  var bandKeys: [UInt64]?
}

/// Reads what is left of documents when their cuts are made, as a scan of the cleaned corpus does.
///
/// The buffers are reused. Not thread-safe.
final class RemainderReader {
  private let reader: TextReader
  private var tokens: TokenizedText
  private var shingles = ShingleIDs(length: Fingerprints.shingleLength)
  private var fingerprints: Fingerprints
  private var documentShingles: ShingleIDs
  private var signature: Signature
  private let hasKeys: Bool
  private let keys: BandKeys

  /// Creates a reader.
  ///
  /// - Parameters:
  ///   - rereader: reads the documents.
  ///   - rules: the rules that decide which fingerprints are selected.
  ///   - slotCount: the number of slots that make the band keys; nil for no keys.
  init(_ rereader: DocumentRereader, rules: PassageRules, slotCount: Int? = nil) {
    let scheme = rereader.scheme
    reader = rereader.makeReader(keepsSourceRanges: true)
    tokens = TokenizedText(rules: scheme.tokens)
    fingerprints = Fingerprints(rules: rules)
    documentShingles = ShingleIDs(length: scheme.shingleLength)
    keys = BandKeys(shape: scheme.bands, scheme: Scheme.number)
    signature = Signature(
      slotCount: scheme.slotCount, computing: slotCount, method: scheme.signatureMethod)
    hasKeys = slotCount != nil
  }

  /// Reads a trimmed document.
  ///
  /// - Parameters:
  ///   - document: the document.
  ///   - rank: its rank in keep order.
  ///   - corpus: what is left of all documents.
  /// - Returns: what a search needs; nil if the document cannot be read again.
  func remainder(_ document: Int, rank: UInt32, of corpus: CutCorpus) -> Remainder? {
    guard let remaining = corpus.remaining[rank], readTokens(document, remaining) else {
      return nil
    }
    let bandKeys = keysOfTokens()
    shingles.read(tokens)
    fingerprints.read(tokens, shingles: &shingles)
    let none: [UInt8] = []
    return unsafe Remainder(
      hash: ContentHash(of: tokens, source: none.span.bytes),
      nearSeams: OpenFingerprints.nearSeams(
        of: corpus, fingerprints, document: UInt32(document), rank: rank),
      text: PassageText(tokens), bandKeys: bandKeys)
  }

  /// The band keys of what is left of a document; parameters as of ``passageText(_:_:)``.
  func bandKeys(_ document: Int, _ remaining: RemainingTokens?) -> [UInt64]? {
    guard readTokens(document, remaining) else { return nil }
    return keysOfTokens()
  }

  /// The shingles of what is left of a document; parameters as of ``passageText(_:_:)``.
  func shingles(_ document: Int, _ remaining: RemainingTokens?) -> [UInt64]? {
    guard remaining != nil else { return reader.shingles(of: document) }
    guard readTokens(document, remaining) else { return nil }
    documentShingles.read(tokens)
    return documentShingles.array
  }

  /// The band keys of the tokens that were read last; nil if no keys are needed, or for no tokens.
  private func keysOfTokens() -> [UInt64]? {
    guard tokens.count > 0, hasKeys else { return nil }
    documentShingles.read(tokens)
    signature.read(documentShingles)
    var own: [UInt64] = []
    keys.append(of: signature, to: &own)
    return own
  }

  /// Numbers the tokens that are left of a document.
  ///
  /// - Parameters:
  ///   - document: the document.
  ///   - remaining: what is left of it; nil for all.
  /// - Returns: the tokens; nil if the document cannot be read again.
  func passageText(_ document: Int, _ remaining: RemainingTokens?) -> PassageText? {
    guard let remaining else { return reader.passageText(of: document) }
    return readTokens(document, remaining) ? PassageText(tokens) : nil
  }

  private func readTokens(_ document: Int, _ remaining: RemainingTokens?) -> Bool {
    var bytes: [UInt8] = []
    let isRead: Void? = unsafe reader.withText(of: document) { text, tokens in
      bytes.reserveCapacity(text.count)
      guard let remaining else { return unsafe bytes.append(contentsOf: text) }
      var start = 0
      // In bounds: the ranges of tokens lie in the text, and ascend.
      for range in remaining.ranges {
        // A cut begins and ends with the bytes of its tokens, so what is between stays.
        if range.lowerBound > 0 {
          start = tokens.sourceRange(ofToken: range.lowerBound - 1).upperBound
        }
        let isLast = range.upperBound == tokens.count
        let end =
          isLast ? text.count : tokens.sourceRange(ofToken: range.upperBound).lowerBound
        unsafe bytes.append(contentsOf: text[start..<max(start, end)])
      }
    }
    guard isRead != nil else { return false }
    unsafe tokens.read(bytes.span.bytes)
    // Characters on both sides of a cut may become one token, which none of the positions allow for.
    return remaining.map { tokens.count == $0.count } ?? true
  }
}
