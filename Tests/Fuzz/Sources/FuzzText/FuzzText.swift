@testable import RepriseCore

/// Tokens of any bytes: every instruction set against the plain twin, with and without folding, and
/// the places that tokens come from.
///
/// The first byte chooses what is folded.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzText(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard count > 0 else { return 0 }
  let folding = Folding(rawValue: Int(data[0] & 3))
  let text = Array(UnsafeBufferPointer(start: data + 1, count: count - 1))
  let expected = PlainTokenizer.tokens(of: text, folding)
  for set in InstructionSet.available {
    var read = TokenizedText(instructionSet: set, keepsSourceRanges: true, folding: folding)
    read.read(text)
    precondition(TokenSequence(read) == expected, "\(set) differs from the twin")
    var last = 0..<0
    for index in 0..<read.count {
      let range = read.sourceRange(ofToken: index)
      precondition(range.lowerBound >= last.lowerBound && range.upperBound >= last.upperBound)
      precondition(!range.isEmpty && range.upperBound <= text.count)
      last = range
    }
    var shingles = ShingleIDs(length: 5, instructionSet: set)
    shingles.read(read)
    precondition(shingles.span.count == (read.count == 0 ? 0 : max(1, read.count - 4)))
  }
  return 0
}
