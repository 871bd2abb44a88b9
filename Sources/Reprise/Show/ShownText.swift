internal import RepriseCore
internal import RepriseFormats

/// Numbers for tokens: equal tokens have equal numbers.
struct TokenNumbering {
  /// The first token with each hash.
  private var numbers: [UInt64: UInt32] = [:]
  /// The bytes of the numbered tokens, and where each begins.
  private var bytes: [UInt8] = []
  private var starts: [Int] = [0]
  /// The tokens that have the hash of a different one.
  private var others: [[UInt8]: UInt32] = [:]

  mutating func number(of token: UnsafeRawBufferPointer) -> UInt32 {
    let hash = unsafe FileChecksum.hash(block: token)
    guard let number = numbers[hash] else {
      numbers[hash] = unsafe append(token)
      return UInt32(starts.count - 2)
    }
    let known = bytes[starts[Int(number)]..<starts[Int(number) + 1]]
    if unsafe known.elementsEqual(token) { return number }
    let other = unsafe Array(token)
    if let number = others[other] { return number }
    let next = unsafe append(token)
    others[other] = next
    return next
  }

  private mutating func append(_ token: UnsafeRawBufferPointer) -> UInt32 {
    unsafe bytes.append(contentsOf: token)
    starts.append(bytes.count)
    return UInt32(starts.count - 2)
  }
}

/// A text as words to be shown: each token with the punctuation and the spaces up to the next one.
struct ShownText: Equatable, Sendable {
  /// The number of each token.
  private(set) var tokens: [UInt32] = []
  /// The bytes of each token and of what follows it.
  private var starts: [UInt32] = []
  /// The end of each token, without what follows it.
  private var ends: [UInt32] = []
  private let bytes: [UInt8]

  init(_ bytes: [UInt8], _ rules: TokenRules, _ numbering: inout TokenNumbering) {
    self.bytes = bytes
    var text = TokenizedText(keepsSourceRanges: true, rules: rules)
    unsafe text.read(bytes.span.bytes)
    tokens.reserveCapacity(text.count)
    starts.reserveCapacity(text.count + 1)
    ends.reserveCapacity(text.count)
    // A text has at most 1 GiB, so 32 bits are enough.
    unsafe text.bytes.withUnsafeBytes { words in
      for index in 0..<text.count {
        // In bounds: the range is that of a token in these bytes.
        let word = unsafe UnsafeRawBufferPointer(rebasing: words[text.range(ofToken: index)])
        tokens.append(unsafe numbering.number(of: word))
        let source = text.sourceRange(ofToken: index)
        starts.append(UInt32(source.lowerBound))
        ends.append(UInt32(source.upperBound))
      }
    }
    // What is before the first token is shown with it.
    if !starts.isEmpty { starts[0] = 0 }
    starts.append(UInt32(bytes.count))
  }

  /// The bytes of a token and of what follows it.
  private func range(_ index: Int) -> Range<Int> { Int(starts[index])..<Int(starts[index + 1]) }

  /// A token as it is written.
  func word(_ index: Int, isMarked: Bool) -> AlignedRow.Word {
    let text = String(decoding: bytes[range(index)], as: UTF8.self)
    return AlignedRow.Word(
      text: text.trimmingWhiteSpace(), isMarked: isMarked,
      isFollowedBySpace: text.unicodeScalars.last?.properties.isWhitespace ?? false)
  }

  /// The bytes of a token with what is before it, if it is the first.
  func token(_ index: Int) -> ArraySlice<UInt8> {
    bytes[Int(starts[index])..<Int(ends[index])]
  }

  /// The bytes between a token and the next one.
  func gap(after index: Int) -> ArraySlice<UInt8> {
    bytes[Int(ends[index])..<Int(starts[index + 1])]
  }

  /// Whether a line ends after a token.
  func endsLine(_ index: Int) -> Bool {
    index + 1 == tokens.count || bytes[range(index)].contains(0x0A)
  }
}

extension String {
  fileprivate func trimmingWhiteSpace() -> String {
    var scalars = Substring(self).unicodeScalars
    while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
    while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
    return String(scalars)
  }
}
