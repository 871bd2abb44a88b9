import RepriseTestSupport

@testable import RepriseCore

/// Tokens of any bytes: every instruction set against the plain twin, with all rules, and the places
/// that tokens come from.
///
/// The first byte chooses the rules.
func fuzzText(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard count > 0 else { return 0 }
  let rules = TokenRules(
    folding: Folding(rawValue: Int(data[0] & 3)), countsSymbols: data[0] & 4 != 0,
    countsCase: data[0] & 8 != 0)
  // The text ends where its memory ends: a read behind it is found by the sanitizer.
  let text = UnsafeRawBufferPointer(start: data + 1, count: count - 1)
  let expected = PlainTokenizer.tokens(of: Array(text), rules)
  var plain: (inputs: [Range<Int>], ids: [UInt64])?
  for set in InstructionSet.available {
    var read = TokenizedText(instructionSet: set, keepsSourceRanges: true, rules: rules)
    read.read(RawSpan(_unsafeBytes: text))
    precondition(TokenSequence(read) == expected, "\(set) differs from the twin")
    let inputs = (0..<read.count).map { read.sourceRange(ofToken: $0) }
    var shingles = ShingleIDs(length: 5, instructionSet: set)
    shingles.read(read)
    let ids = shingles.span.array
    guard let plain else {
      check(inputs, of: expected.tokens, in: Array(text), rules)
      precondition(ids.count == (read.count == 0 ? 0 : max(1, read.count - 4)))
      plain = (inputs, ids)
      continue
    }
    precondition(inputs == plain.inputs, "\(set) gives other places")
    precondition(ids == plain.ids, "\(set) gives other shingles")
  }
  return 0
}

/// Places lie in the text and ascend, and what stands in one of them alone is read as the token.
private func check(
  _ inputs: [Range<Int>], of tokens: [[UInt8]], in text: [UInt8], _ rules: TokenRules
) {
  var last = 0..<0
  for (index, range) in inputs.enumerated() {
    precondition(range.lowerBound >= last.lowerBound && range.upperBound >= last.upperBound)
    precondition(!range.isEmpty && range.upperBound <= text.count)
    let next = index + 1 < inputs.count ? inputs[index + 1].lowerBound : text.count
    if last.upperBound <= range.lowerBound, range.upperBound <= next {
      let alone = PlainTokenizer.tokens(of: Array(text[range]), rules).tokens
      precondition(alone == [tokens[index]], "a place holds another token")
    }
    last = range
  }
}
