package import RepriseCore

/// What reading a text gave, as plain values.
package struct TokenSequence: Equatable, CustomStringConvertible {
  package var tokens: [[UInt8]]
  package var invalidSequences: Int

  /// The tokens joined by one space.
  package var joined: [UInt8] { Array(tokens.joined(separator: [0x20])) }

  package var description: String {
    let shown = tokens.map { String(decoding: $0, as: UTF8.self) }
    return "\(shown) with \(invalidSequences) invalid sequences"
  }

  package init(tokens: [[UInt8]], invalidSequences: Int) {
    self.tokens = tokens
    self.invalidSequences = invalidSequences
  }

  /// Copies what `text` holds, token by token.
  package init(_ text: borrowing TokenizedText) {
    let bytes = text.bytes.array
    tokens = (0..<text.count).map { Array(bytes[text.range(ofToken: $0)]) }
    invalidSequences = text.invalidSequenceCount
  }

  /// Reads a text.
  package init(reading text: [UInt8], on set: InstructionSet = .best) {
    var tokenized = TokenizedText(instructionSet: set)
    tokenized.read(text)
    self.init(tokenized)
  }
}

/// The tokens of a text as strings.
package func tokens(of text: String) -> [String] {
  TokenSequence(reading: Array(text.utf8)).tokens.map { String(decoding: $0, as: UTF8.self) }
}

/// The shingle ids of a text.
package func shingleIDs(
  of text: [UInt8], length: Int, on set: InstructionSet = .best, rules: TokenRules = TokenRules()
) -> [UInt64] {
  var tokenized = TokenizedText(instructionSet: set, rules: rules)
  tokenized.read(text)
  var ids = ShingleIDs(length: length, instructionSet: set)
  ids.read(tokenized)
  return ids.span.array
}

/// The slots of the signature of a set of shingle ids.
package func signatureSlots(
  of ids: [UInt64], slotCount: Int, method: SignatureMethod = .sketch,
  on set: InstructionSet = .best
) -> [UInt32] {
  var signature = Signature(slotCount: slotCount, method: method, instructionSet: set)
  signature.read(ids)
  return signature.span.array
}

extension TokenizedText {
  /// Reads a text in place of the one before.
  package mutating func read(_ text: [UInt8]) {
    // A span's `bytes` is unsafe only for elements with padding.
    unsafe read(text.span.bytes)
  }
}

extension Signature {
  /// Computes the signature of a set of ids in place of the one before.
  package mutating func read(_ ids: some Sequence<UInt64>) {
    let ids = Array(ids)
    read(ids.span)
  }
}

extension ShingleSet {
  package init(_ ids: [UInt64]) { self.init(ids.span) }
}

extension RawSpan {
  package var array: [UInt8] { unsafe withUnsafeBytes { unsafe Array($0) } }
}

extension Span where Element: BitwiseCopyable {
  package var array: [Element] { unsafe withUnsafeBufferPointer { unsafe Array($0) } }
}
