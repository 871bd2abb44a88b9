internal import RepriseCore

/// Numbers for tokens: equal tokens have equal numbers.
struct TokenNumbering {
  private var numbers: [[UInt8]: Int] = [:]

  mutating func number(of token: [UInt8]) -> Int {
    if let number = numbers[token] { return number }
    numbers[token] = numbers.count
    return numbers.count - 1
  }
}

/// A text as words to be shown: each token with the punctuation and the spaces up to the next one.
struct ShownText {
  /// The number of each token.
  private(set) var tokens: [Int] = []
  /// The bytes of each token and of what follows it.
  private var starts: [Int] = []
  /// The end of each token, without what follows it.
  private var ends: [Int] = []
  private let bytes: [UInt8]

  init(_ bytes: [UInt8], _ rules: TokenRules, _ numbering: inout TokenNumbering) {
    self.bytes = bytes
    var text = TokenizedText(keepsSourceRanges: true, rules: rules)
    unsafe text.read(bytes.span.bytes)
    tokens.reserveCapacity(text.count)
    for index in 0..<text.count {
      let token = text.range(ofToken: index)
      let value = unsafe text.bytes.withUnsafeBytes { unsafe Array($0[token]) }
      tokens.append(numbering.number(of: value))
      let source = text.sourceRange(ofToken: index)
      starts.append(source.lowerBound)
      ends.append(source.upperBound)
    }
    // What is before the first token is shown with it.
    if !starts.isEmpty { starts[0] = 0 }
    starts.append(bytes.count)
  }

  /// A token as it is written.
  func word(_ index: Int, isMarked: Bool) -> AlignedRow.Word {
    let text = String(decoding: bytes[starts[index]..<starts[index + 1]], as: UTF8.self)
    return AlignedRow.Word(
      text: text.trimmingWhiteSpace(), isMarked: isMarked,
      isFollowedBySpace: text.unicodeScalars.last?.properties.isWhitespace ?? false)
  }

  /// The bytes of a token with what is before it, if it is the first.
  func token(_ index: Int) -> ArraySlice<UInt8> { bytes[starts[index]..<ends[index]] }

  /// The bytes between a token and the next one.
  func gap(after index: Int) -> ArraySlice<UInt8> { bytes[ends[index]..<starts[index + 1]] }

  /// Whether a line ends after a token.
  func endsLine(_ index: Int) -> Bool {
    index + 1 == tokens.count || bytes[starts[index]..<starts[index + 1]].contains(0x0A)
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
