import CKernels
import RepriseTestSupport
import Testing

@testable import RepriseCore

/// Where tokens come from: the ranges that the kernels note when they are asked for them.
@Suite("Source ranges of tokens")
struct TokenSourceTests {
  @Test("In ASCII they are those of the maximal runs", arguments: InstructionSet.available)
  func areTheRunsInASCII(set: InstructionSet) {
    for length in 0...300 {
      var random = seeded(length, 3)
      let text = RandomText.ascii.make(length, &random)
      #expect(TokensWithSources(text, set).sources == asciiRuns(text), "\(length) bytes: \(text)")
    }
  }

  @Test(
    "They lie in the text, on borders of scalars, ascend, and are the same on every set",
    arguments: RandomText.allCases)
  func ascend(kind: RandomText) {
    for length in 0...200 {
      var random = seeded(length, 4)
      let text = kind.make(length, &random)
      let plain = TokensWithSources(text, .plain)
      #expect(plain.tokens == TokenSequence(reading: text, on: .plain).tokens)
      expectAscending(plain.sources, in: text)
      for set in InstructionSet.available where set != .plain {
        let other = TokensWithSources(text, set)
        #expect(other.tokens == plain.tokens, "\(set): \(text)")
        #expect(other.sources == plain.sources, "\(set): \(text)")
      }
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var text: String
    var sources: [String]
    var testDescription: String { text.debugDescription }
    init(_ text: String, _ sources: [String]) {
      self.text = text
      self.sources = sources
    }
  }

  @Test(
    "A token's range holds what it was made of, and nothing of its neighbors",
    arguments: [
      Case("\u{E9}t\u{E9} e\u{301}te\u{301}.", ["\u{E9}t\u{E9}", "e\u{301}te\u{301}"]),
      Case("abc\u{2000}def", ["abc", "def"]),
      Case("\u{3B1}\u{3B2}\u{37E} \u{3B3}", ["\u{3B1}\u{3B2}", "\u{3B3}"]),
      Case("abc\u{F900}\u{F901}d", ["abc", "\u{F900}", "\u{F901}", "d"]),
      Case("\u{4E2D}\u{212B}b", ["\u{4E2D}", "\u{212B}b"]),
      Case("\u{4E2D}\u{958}", ["\u{4E2D}", "\u{958}"]),
      Case("\u{304B}\u{3099}\u{304B}", ["\u{304B}\u{3099}", "\u{304B}"]),
      Case("x\u{4E2D}\u{E01}\u{E35}y", ["x", "\u{4E2D}", "\u{E01}\u{E35}", "y"]),
      Case(
        "\u{1112}\u{1161}\u{11AB} \u{AC00}\u{11A8}",
        ["\u{1112}\u{1161}\u{11AB}", "\u{AC00}\u{11A8}"]),
      Case("\u{2F800}\u{2F801}", ["\u{2F800}", "\u{2F801}"]),
      // Thai, then a Hangul vowel: what may compose is one segment, of which both have a part.
      Case("\u{E19}\u{E33}\u{1161}", ["\u{E19}\u{E33}\u{1161}", "\u{E33}\u{1161}"]),
    ])
  func areExact(_ example: Case) {
    let text = Array(example.text.utf8)
    for set in InstructionSet.available {
      let sources = TokensWithSources(text, set).sources
      let texts = sources.map {
        String(decoding: text[$0.clamped(to: text.indices)], as: UTF8.self)
      }
      // Canonically equivalent strings are equal in Swift: compare scalars.
      #expect(
        texts.map { Array($0.unicodeScalars) } == example.sources.map { Array($0.unicodeScalars) })
    }
  }

  private func expectAscending(_ sources: [Range<Int>], in text: [UInt8]) {
    var last = 0..<0
    let borders = scalarBorders(of: text)
    for source in sources {
      #expect(!source.isEmpty && source.upperBound <= text.count, "\(source) of \(text)")
      #expect(
        source.lowerBound >= last.lowerBound && source.upperBound >= last.upperBound,
        "\(last), \(source) of \(text)")
      #expect(
        borders.contains(source.lowerBound) && borders.contains(source.upperBound),
        "\(source) of \(text)")
      last = source
    }
  }

  private func asciiRuns(_ text: [UInt8]) -> [Range<Int>] {
    func isInside(_ index: Int) -> Bool {
      text.indices.contains(index) && Character(Unicode.Scalar(text[index])).isLetterOrDigit
    }
    let starts = text.indices.filter { isInside($0) && !isInside($0 - 1) }
    let ends = text.indices.filter { isInside($0) && !isInside($0 + 1) }
    return zip(starts, ends).map { $0..<$1 + 1 }
  }

  private func scalarBorders(of text: [UInt8]) -> Set<Int> {
    var (borders, at): (Set<Int>, Int) = ([0], 0)
    while at < text.count {
      var (scalar, valid) = (UInt32(0), Int32(0))
      at += unsafe reprise_decode_scalar(text, at, text.count, &scalar, &valid)
      borders.insert(at)
    }
    return borders
  }
}

extension Character {
  fileprivate var isLetterOrDigit: Bool { isASCII && (isLetter || isNumber) }
}

/// Tokens and their source ranges as the kernels write them, with a check that they stay within
/// the room that they ask for.
private struct TokensWithSources {
  var tokens: [[UInt8]] = []
  var sources: [Range<Int>] = []

  init(_ text: [UInt8], _ set: InstructionSet) {
    let room = reprise_token_count_capacity(text.count, 0)
    let byteRoom = reprise_token_bytes_capacity(text.count)
    var bytes = Guarded<UInt8>(room: byteRoom, fill: 0xA5)
    var starts = Guarded<UInt32>(room: room, fill: 0xA5A5_A5A5)
    var sourceStarts = starts
    var sourceEnds = starts
    let count = unsafe bytes.withPointer { bytes in
      unsafe starts.withPointer { starts in
        unsafe sourceStarts.withPointer { sourceStarts in
          unsafe sourceEnds.withPointer { sourceEnds in
            var stream = unsafe reprise_token_stream()
            unsafe stream.bytes = bytes
            unsafe stream.starts = starts
            unsafe stream.source_starts = sourceStarts
            unsafe stream.source_ends = sourceEnds
            unsafe Self.run(&stream, text, set)
            return unsafe stream.count
          }
        }
      }
    }
    #expect(bytes.isIntact && starts.isIntact && sourceStarts.isIntact && sourceEnds.isIntact)
    for token in 0..<count {
      let range = Int(starts.elements[token])..<Int(starts.elements[token + 1]) - 1
      tokens.append(Array(bytes.elements[range]))
      // Signed, so that a wrong order fails an expectation and does not trap.
      let (from, to) = (Int(sourceStarts.elements[token]), Int(sourceEnds.elements[token]))
      sources.append(from..<max(from, to))
    }
  }

  private static func run(
    _ stream: inout reprise_token_stream, _ text: [UInt8], _ set: InstructionSet
  ) {
    var segment = reprise_segment()
    var composition = CanonicalComposition()
    var at = 0
    while true {
      at = unsafe reprise_tokenize(&stream, text, at, text.count, &segment, set.kernel)
      guard segment.end != 0 else { break }
      var scalars: [UInt32] = []
      var place = segment.start
      while place < segment.end {
        var (scalar, valid) = (UInt32(0), Int32(0))
        place += unsafe reprise_decode_scalar(text, place, segment.end, &scalar, &valid)
        scalars.append(scalar)
      }
      composition.compose(&scalars)
      unsafe reprise_token_stream_append(&stream, scalars, scalars.count, segment)
    }
    unsafe reprise_token_stream_finish(&stream, text.count)
  }
}

/// An array with elements behind its room that nobody may write.
private struct Guarded<Element: FixedWidthInteger> {
  var elements: [Element]
  private let room: Int
  private let fill: Element

  init(room: Int, fill: Element) {
    elements = Array(repeating: fill, count: room + 64)
    self.room = room
    self.fill = fill
  }

  var isIntact: Bool { elements[room...].allSatisfy { $0 == fill } }

  mutating func withPointer<Result>(
    _ body: (UnsafeMutablePointer<Element>?) -> Result
  ) -> Result {
    unsafe elements.withUnsafeMutableBufferPointer { unsafe body($0.baseAddress) }
  }
}
