internal import RepriseCore

/// Reads the text of one document at a time again, and checks that it is the one that was sketched.
///
/// The buffers are reused. Not thread-safe.
final class TextReader {
  private let texts: any TextBytesReader
  private let store: SketchStore
  private let descriptors: SketchReader
  private var tokens: TokenizedText
  private var shingles: ShingleIDs

  /// Creates a reader for one thread.
  ///
  /// - Parameters:
  ///   - texts: gives the texts.
  ///   - store: has the sketches of the documents.
  ///   - scheme: the scheme of tokens and shingles.
  ///   - keepsSourceRanges: true to record the byte range of every token in the text.
  init(
    _ texts: any TextProvider, _ store: SketchStore, _ scheme: Scheme, keepsSourceRanges: Bool
  ) {
    self.texts = texts.makeReader()
    self.store = store
    descriptors = SketchReader(store)
    tokens = TokenizedText(keepsSourceRanges: keepsSourceRanges, rules: scheme.tokens)
    shingles = ShingleIDs(length: scheme.shingleLength)
  }

  /// Returns the shingle ids of a document; nil if it cannot be read again or has changed.
  func shingles(of document: Int) -> [UInt64]? {
    unsafe withText(of: document) { _, tokens in
      shingles.read(tokens)
      return shingles.array
    }
  }

  /// Returns the numbered tokens of a document, with their letters if these are asked for; nil if it
  /// cannot be read again or has changed.
  func passageText(of document: Int, hasLetters: Bool = false) -> PassageText? {
    guard unsafe withText(of: document, { _, _ in }) != nil else { return nil }
    // A long text, its tokens and their numbers together are half of what a scan takes.
    texts.release()
    defer { tokens.removeAll() }
    return PassageText(tokens, hasLetters: hasLetters)
  }

  /// Calls `body` with the text and the tokens of a document, valid during the call; returns nil
  /// if the document cannot be read again or has changed.
  func withText<Result>(
    of document: Int, _ body: (UnsafeRawBufferPointer, borrowing TokenizedText) -> Result
  ) -> Result? {
    let descriptor = descriptors.descriptor(document)
    let locator = descriptor.locator(ofInput: Int(store.slice(of: document).input))
    guard let text = unsafe texts.text(at: locator) else { return nil }
    tokens.read(unsafe text.bytes)
    guard unsafe ContentHash(of: tokens, source: text.bytes) == descriptor.contentHash else {
      texts.reportChange(of: locator)
      return nil
    }
    return unsafe body(text, tokens)
  }
}

extension DocumentDescriptor {
  /// Returns where the source finds the document of an input.
  package func locator(ofInput input: Int) -> DocumentLocator {
    DocumentLocator(input: input, position: offset, extent: length)
  }
}
