internal import CKernels

/// The normalized tokens of one document, in buffers that are reused for the next document.
///
/// The tokens are in ``bytes``, joined by one space, so any span of tokens is contiguous and a
/// shingle can be hashed without a copy. `docs/scheme.md` specifies the normalization and the token
/// boundaries.
///
/// The unsafe accesses are in bounds. The buffers are allocated for the longest text so far with
/// the capacities that the kernels require, and ``bytes`` has `padding` readable bytes on both
/// sides. Token i has entries i and i + 1 in `startStorage`, and entry i in both halves of
/// `sourceStorage`.
@safe
package struct TokenizedText: ~Copyable {
  /// The maximum size of a text, in bytes.
  ///
  /// Positions are 32 bits wide, and normalized text is at most three times as long as its source.
  package static let maximumByteCount = 1 << 30

  /// The number of tokens.
  package private(set) var count = 0
  /// The number of ill-formed UTF-8 sequences, whose bytes are parts of words.
  package private(set) var invalidSequenceCount = 0
  private(set) var byteCount = 0

  private var storage: UnsafeMutableRawPointer
  private var startStorage: UnsafeMutablePointer<UInt32>
  /// The offsets in the text at which tokens begin, then those at which they end; nil if not
  /// needed.
  private var sourceStorage: UnsafeMutablePointer<UInt32>?
  private var capacity: Int
  private let set: reprise_instruction_set
  /// What is a token.
  package let rules: TokenRules
  /// The kernels' number for the rules.
  let style: UInt32
  private var composition = CanonicalComposition()
  private var scalars: [UInt32] = []
  private var folded: FoldedText?

  /// The number of readable, meaningless bytes before and after the tokens: kernels read whole
  /// vectors and mask them.
  private static let padding = 64

  /// Creates empty buffers.
  /// - Parameters:
  ///   - instructionSet: the kernels to use; all give equal tokens.
  ///   - keepsSourceRanges: true to record the source range of every token.
  ///   - rules: what is a token.
  package init(
    instructionSet: InstructionSet = .best, keepsSourceRanges: Bool = false,
    rules: TokenRules = TokenRules()
  ) {
    self.rules = rules
    style = rules.style
    folded = rules.folding.rewrites ? FoldedText(rules.folding) : nil
    set = instructionSet.kernel
    capacity = 0
    unsafe storage = .allocate(byteCount: 0, alignment: 64)
    unsafe startStorage = .allocate(capacity: 0)
    unsafe sourceStorage = keepsSourceRanges ? .allocate(capacity: 0) : nil
    reserve(4096)
  }

  deinit {
    unsafe storage.deallocate()
    unsafe startStorage.deallocate()
    unsafe sourceStorage?.deallocate()
  }

  /// Replaces the tokens with those of a text.
  /// - Parameter text: UTF-8 of at most ``TokenRules/maximumByteCount`` bytes. A leading byte
  ///   order mark is dropped. Ill-formed sequences are parts of words, which are equal only if
  ///   these bytes are, and are counted.
  /// - Complexity: O(bytes). Allocates only for the longest text so far, and to shrink large
  ///   buffers.
  package mutating func read(_ text: RawSpan) {
    precondition(text.byteCount <= Self.maximumByteCount, "a document of more than 1 GiB")
    unsafe text.withUnsafeBytes { bytes in
      let base = unsafe bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
      guard let base = unsafe base, unsafe !bytes.isEmpty else { return clear() }
      if folded != nil { return unsafe fold(base, bytes.count) }
      reserve(bytes.count)
      unsafe tokenize(
        base, from: Self.start(base, bytes.count), to: bytes.count,
        joinsDividedWords: rules.folding.contains(.hyphens))
    }
  }

  /// Replaces the tokens with those of the folded text.
  private mutating func fold(_ text: UnsafePointer<UInt8>, _ end: Int) {
    precondition(end <= Folding.maximumByteCount, "a document of more than 64 MiB to fold")
    // Moved to a local variable, so that it can be read while the tokens are written.
    guard var taken = folded.take() else { return }
    unsafe taken.read(text, from: Self.start(text, end), to: end)
    reserve(taken.bytes.count)
    unsafe taken.bytes.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress, !bytes.isEmpty else { return clear() }
      // Divided words are joined already.
      unsafe tokenize(base, from: 0, to: bytes.count, joinsDividedWords: false)
    }
    invalidSequenceCount = taken.invalidSequenceCount
    folded = consume taken
  }

  /// The offset of the first byte after a byte order mark, or 0.
  private static func start(_ text: UnsafePointer<UInt8>, _ end: Int) -> Int {
    let mark = unsafe end >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF
    return mark ? 3 : 0
  }

  private mutating func clear() {
    count = 0
    byteCount = 0
    invalidSequenceCount = 0
    unsafe startStorage[0] = 1
  }

  private mutating func tokenize(
    _ text: UnsafePointer<UInt8>, from start: Int, to end: Int, joinsDividedWords: Bool
  ) {
    var stream = unsafe reprise_token_stream()
    unsafe stream.bytes = (storage + Self.padding).assumingMemoryBound(to: UInt8.self)
    unsafe stream.starts = startStorage
    unsafe stream.style = style
    if let sourceStorage = unsafe sourceStorage {
      unsafe stream.source_starts = sourceStorage
      unsafe stream.source_ends = sourceStorage + reprise_token_count_capacity(capacity, style)
    }
    var at = start
    while joinsDividedWords,
      let division = unsafe DividedWords.division(in: text, from: at, to: end)
    {
      // The open token goes on after the division.
      unsafe append(text, from: at, to: division.lowerBound, to: &stream)
      at = division.upperBound
    }
    unsafe append(text, from: at, to: end, to: &stream)
    unsafe reprise_token_stream_finish(&stream, end)
    count = unsafe stream.count
    byteCount = unsafe stream.length
    invalidSequenceCount = unsafe stream.invalid
  }

  /// Appends the tokens of `text[start ..< end]`; the last one stays open.
  private mutating func append(
    _ text: UnsafePointer<UInt8>, from start: Int, to end: Int,
    to stream: inout reprise_token_stream
  ) {
    var segment = reprise_segment()
    var at = start
    while true {
      at = unsafe reprise_tokenize(&stream, text, at, end, &segment, set)
      guard segment.end != 0 else { break }
      unsafe decode(text, segment)
      composition.compose(&scalars)
      unsafe scalars.withUnsafeBufferPointer {
        unsafe reprise_token_stream_append(&stream, $0.baseAddress, $0.count, segment)
      }
    }
  }

  private mutating func decode(_ text: UnsafePointer<UInt8>, _ segment: reprise_segment) {
    scalars.removeAll(keepingCapacity: true)
    var at = segment.start
    while at < segment.end {
      var (scalar, valid) = (UInt32(0), Int32(0))
      at += unsafe reprise_decode_scalar(text, at, segment.end, &scalar, &valid)
      scalars.append(scalar)
    }
  }

  private mutating func reserve(_ textByteCount: Int) {
    guard textByteCount > capacity || capacity == 0 else {
      if capacity > Self.keptCapacity && textByteCount < Self.keptCapacity / 4 { shrink() }
      return
    }
    allocate(max(textByteCount, 2 * capacity))
  }

  /// The capacity above which buffers shrink again when a much shorter text is read, in bytes of
  /// text.
  private static let keptCapacity = 1 << 22

  /// Removes the tokens and frees large buffers, as nothing needs them while what was computed of them
  /// is used.
  package mutating func removeAll() {
    clear()
    if capacity > Self.keptCapacity { shrink() }
  }

  private mutating func shrink() { allocate(Self.keptCapacity / 4) }

  private mutating func allocate(_ textByteCount: Int) {
    unsafe storage.deallocate()
    unsafe startStorage.deallocate()
    capacity = textByteCount
    unsafe storage = .allocate(
      byteCount: reprise_token_bytes_capacity(textByteCount) + 2 * Self.padding, alignment: 64)
    let tokenCount = reprise_token_count_capacity(textByteCount, style)
    unsafe startStorage = .allocate(capacity: tokenCount)
    guard let old = unsafe sourceStorage else { return }
    unsafe old.deallocate()
    unsafe sourceStorage = .allocate(capacity: 2 * tokenCount)
  }

  /// The UTF-8 of the tokens, joined by U+0020.
  package var bytes: RawSpan {
    @_lifetime(borrow self)
    get {
      let pointer = unsafe UnsafeRawBufferPointer(start: storage + Self.padding, count: byteCount)
      let span = unsafe RawSpan(_unsafeBytes: pointer)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// The range of token `index` in ``bytes``.
  package func range(ofToken index: Int) -> Range<Int> {
    precondition(index >= 0 && index < count)
    return unsafe Int(startStorage[index])..<Int(startStorage[index + 1]) - 1
  }

  /// Whether token `index` is a grapheme of a script written without spaces.
  func isGrapheme(_ index: Int) -> Bool {
    // In bounds: the kernel reads at most 4 bytes of a token, and there are readable bytes after.
    unsafe withTokens { bytes, starts in unsafe reprise_is_grapheme(bytes + Int(starts[index])) != 0
    }
  }

  /// The range of token `index` in the text.
  ///
  /// Call it only if source ranges are kept.
  package func sourceRange(ofToken index: Int) -> Range<Int> {
    precondition(index >= 0 && index < count)
    guard let sourceStorage = unsafe sourceStorage else {
      preconditionFailure("source ranges were not kept")
    }
    let end = reprise_token_count_capacity(capacity, style) + index
    let range = unsafe Int(sourceStorage[index])..<Int(sourceStorage[end])
    return folded?.sourceRange(range) ?? range
  }

  /// Calls `body` with the bytes and the starts of the tokens; the bytes have 64 readable bytes on
  /// both sides.
  ///
  /// Token i is `bytes[starts[i] ..< starts[i + 1] - 1]`; there is one start more than tokens.
  func withTokens<Result>(
    _ body: (UnsafePointer<UInt8>, UnsafePointer<UInt32>) -> Result
  ) -> Result {
    unsafe body((storage + Self.padding).assumingMemoryBound(to: UInt8.self), startStorage)
  }
}
