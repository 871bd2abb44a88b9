import RepriseTestSupport
import Testing

@testable import RepriseCore

/// Scheme 1 against the vectors that scripts/scheme.py computed from docs/scheme.md alone, with
/// neither this code nor its tables.
@Suite("Scheme vectors")
struct SchemeVectorTests {
  private struct Vectors: Decodable {
    var scheme: UInt32
    var ngram: Int
    var vectors: [Vector]
  }

  private struct Vector: Decodable {
    var name: String
    var bytes: String
    /// What is folded; nil: nothing but case.
    var fold: [String]?
    /// `symbols`, or nil for words.
    var tokenKind: String?
    /// `keep`, or nil if case is folded.
    var `case`: String?
    var invalid: Int

    var rules: TokenRules {
      TokenRules(
        folding: Folding.names.filter { fold?.contains($0.name) == true }
          .reduce(into: []) { $0.formUnion($1.folding) },
        countsSymbols: tokenKind == "symbols", countsCase: `case` == "keep")
    }
    var tokens: [String]
    var shingles: [String]
    var identity: String
    var tokenCount: UInt32
    var signature64: String?
    var signature256: String?
    var bandKeys21X9: [String]?
  }

  private let vectors: Vectors

  init() throws { vectors = try fixture("scheme-vectors.json", as: Vectors.self) }

  @Test("There are vectors of this scheme for many texts")
  func areOfThisScheme() {
    #expect(vectors.scheme == Scheme.number)
    #expect(vectors.ngram == Scheme().shingleLength)
    #expect(vectors.vectors.count >= 60)
    #expect(vectors.vectors.count { $0.signature256 != nil } >= 50)
  }

  @Test("Tokens and identities are those of the vectors", arguments: InstructionSet.available)
  func reproducesTokens(set: InstructionSet) throws {
    for vector in vectors.vectors {
      var text = TokenizedText(instructionSet: set, rules: vector.rules)
      let bytes = try #require(self.bytes(vector.bytes))
      text.read(bytes)
      let read = TokenSequence(text)
      // As bytes: strings that are canonically equivalent are equal in Swift.
      #expect(read.tokens.map(shown) == vector.tokens.map { Array($0.utf8) }, "\(vector.name)")
      #expect(read.invalidSequences == vector.invalid, "\(vector.name)")
      let identity = unsafe ContentHash(of: text, source: bytes.span.bytes)
      #expect(identity.hexadecimal == vector.identity, "\(vector.name)")
      #expect(identity.tokenCount == vector.tokenCount, "\(vector.name)")
    }
  }

  @Test(
    "Shingle ids, signatures and band keys are those of the vectors",
    arguments: InstructionSet.available)
  func reproducesNumbers(set: InstructionSet) throws {
    for vector in vectors.vectors {
      let bytes = try #require(self.bytes(vector.bytes))
      let ids = shingleIDs(
        of: bytes, length: vectors.ngram, on: set, rules: vector.rules)
      #expect(ids == vector.shingles.map { UInt64($0, radix: 16) }, "\(vector.name)")
      #expect(ids.isEmpty == (vector.signature256 == nil), "\(vector.name)")
      guard !ids.isEmpty else { continue }
      #expect(
        hexadecimal(signatureSlots(of: ids, slotCount: 64, on: set)) == vector.signature64,
        "\(vector.name)")
      var signature = Signature(slotCount: 256, instructionSet: set)
      signature.read(ids)
      #expect(hexadecimal(signature.span.array) == vector.signature256, "\(vector.name)")
      let shape = BandShape(bandCount: 21, rowCount: 9)
      let bandKeys = BandKeys(shape: shape, scheme: Scheme.number)
      var keys: [UInt64] = []
      bandKeys.append(of: signature, to: &keys)
      #expect(keys == vector.bandKeys21X9?.map { UInt64($0, radix: 16) }, "\(vector.name)")
    }
  }

  /// A token as the vectors have it: of an ill-formed sequence, each byte as `\xHH`.
  private func shown(_ token: [UInt8]) -> [UInt8] {
    var (shown, place) = ([UInt8](), 0)
    var parser = Unicode.UTF8.ForwardParser()
    var bytes = token.makeIterator()
    while true {
      switch parser.parseScalar(from: &bytes) {
      case .valid(let encoded):
        shown += Array(encoded)
        place += encoded.count
      case .error(let length):
        for byte in token[place..<place + length] { shown += "\\x\(String(byte, radix: 16))".utf8 }
        place += length
      case .emptyInput: return shown
      }
    }
  }

  private func bytes(_ hexadecimal: String) -> [UInt8]? {
    let digits = hexadecimal.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
    guard digits.count == hexadecimal.utf8.count, digits.count % 2 == 0 else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(16 * digits[$0] + digits[$0 + 1]) }
  }

  /// The slots' little-endian bytes, as the vectors have them.
  private func hexadecimal(_ slots: [UInt32]) -> String {
    slots.map { slot in
      let digits = String(slot.byteSwapped, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }
}
