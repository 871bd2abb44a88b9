package import RepriseCore

/// Texts that a tokenizer may stumble over, from a seed.
package enum RandomText: String, CaseIterable, Sendable {
  /// Words, digits, spaces and punctuation.
  case ascii
  /// Long runs of ASCII, here and there something else: the borders of the fast path.
  case mostlyASCII
  /// Words of Latin letters with typographic punctuation, here and there something that is not in a
  /// table by one byte, or a mark that changes what stands before it.
  case latin
  /// Words of one alphabet of two bytes after the other, marks and what is cut off between them.
  case alphabets
  /// Han, kana and Hangul, with their punctuation and ASCII words between them.
  case wide
  /// Scalars of two bytes.
  case twoBytes
  /// Scalars of three bytes: scripts with and without spaces, Hangul, presentation forms.
  case threeBytes
  /// Scalars of four bytes.
  case fourBytes
  /// Bases with marks in any order, and what composes, decomposes and folds to several scalars.
  case marks
  /// ASCII letters with marks, dropped scalars and graphemes between them.
  case borders
  /// Words with ill-formed sequences.
  case illFormed
  /// Any bytes.
  case bytes
  /// All of these in turn.
  case mixture

  /// A text of exactly `byteCount` bytes; a sequence may be cut at its end.
  package func make(_ byteCount: Int, _ random: inout SplitMix64) -> [UInt8] {
    var text: [UInt8] = []
    while text.count < byteCount { append(to: &text, &random) }
    text.removeLast(text.count - byteCount)
    return text
  }

  private func append(to text: inout [UInt8], _ random: inout SplitMix64) {
    switch self {
    case .ascii: text.append(UInt8(random.below(0x80)))
    case .mostlyASCII: appendRun(to: &text, &random)
    case .latin: appendLatin(to: &text, &random)
    case .alphabets: appendWords(of: random.pick(Self.alphabetBlocks), to: &text, &random)
    case .wide: appendWords(of: random.pick(Self.wideBlocks), to: &text, &random)
    case .twoBytes: text.append(scalar: random.scalar(in: 0x80..<0x800))
    case .threeBytes: text.append(scalar: random.scalar(in: random.pick(Self.threeByteBlocks)))
    case .fourBytes: text.append(scalar: random.scalar(in: random.pick(Self.fourByteBlocks)))
    case .marks: text.append(scalar: random.scalar(in: random.pick(Self.composingBlocks)))
    case .borders:
      text.append(random.pick(Array("abcXYZ019 .".utf8)))
      if random.isOne(in: 2) { text.append(scalar: random.pick(Self.borderScalars)) }
    case .illFormed:
      text += random.pick(Self.illFormedSequences)
      if random.isOne(in: 2) { text.append(UInt8(random.below(0x80))) }
    case .bytes: text.append(UInt8(random.below(0x100)))
    case .mixture:
      let other = random.pick(Self.allCases.dropLast())
      for _ in 0..<random.below(12) { other.append(to: &text, &random) }
    }
  }

  private func appendRun(to text: inout [UInt8], _ random: inout SplitMix64) {
    for _ in 0..<random.below(100) {
      text.append(random.isOne(in: 6) ? 0x20 : random.pick(Array("abcdefgHIJK0123".utf8)))
    }
    let other = random.pick([Self.twoBytes, .threeBytes, .borders, .illFormed])
    other.append(to: &text, &random)
  }

  private func appendLatin(to text: inout [UInt8], _ random: inout SplitMix64) {
    for _ in 0..<random.below(30) {
      let kind = random.below(8)
      if kind < 6 {
        text.append(random.isOne(in: 6) ? 0x20 : random.pick(Array("abcsXYZ019-".utf8)))
      } else {
        let block = kind == 6 ? UInt32(0x80)..<0x180 : 0x2000..<0x2040
        text.append(scalar: random.scalar(in: block))
      }
    }
    if random.isOne(in: 3) { Self.borders.append(to: &text, &random) }
    if random.isOne(in: 12) { text += random.pick(Self.illFormedSequences) }
  }

  private func appendWords(
    of alphabet: Range<UInt32>, to text: inout [UInt8], _ random: inout SplitMix64
  ) {
    for _ in 0..<random.below(60) {
      if random.isOne(in: 6) { text.append(random.pick(Array(" ,.a7".utf8))) }
      text.append(scalar: random.scalar(in: alphabet))
    }
    if random.isOne(in: 3) { Self.borders.append(to: &text, &random) }
    if random.isOne(in: 12) { text += random.pick(Self.illFormedSequences) }
  }

  private static let alphabetBlocks: [Range<UInt32>] = [
    0xC0..<0x180, 0x180..<0x250, 0x386..<0x3CF, 0x400..<0x460, 0x460..<0x530, 0x531..<0x588,
    0x5D0..<0x5EB, 0x620..<0x64B, 0x66E..<0x6D4, 0x2B0..<0x370,
  ]
  private static let wideBlocks: [Range<UInt32>] = [
    0x4E00..<0xA000, 0x4E00..<0xA000, 0x3000..<0x3100, 0x3041..<0x3097, 0x3100..<0x3400,
    0x3400..<0x4DC0, 0x4D80..<0x4E20, 0xAC00..<0xD7B0, 0xA980..<0xAC10, 0xD700..<0xD800,
    0xFF00..<0xFFA0, 0x2000..<0x2080,
  ]
  private static let threeByteBlocks: [Range<UInt32>] = [
    0x800..<0xD800, 0xE000..<0x1_0000, 0x900..<0xE00, 0xE00..<0xF00, 0xF00..<0x1000,
    0x1000..<0x1200, 0x1780..<0x1800, 0x1E00..<0x2000, 0x2000..<0x2070, 0x3040..<0x3100,
    0x4E00..<0x4F00, 0xAC00..<0xD7B0, 0xF900..<0xFB50, 0xFB00..<0xFE00, 0xFF00..<0xFFF0,
  ]
  private static let fourByteBlocks: [Range<UInt32>] = [
    0x1_0000..<0x11_0000, 0x1_0400..<0x1_0480, 0x1_1000..<0x1_1500, 0x1_D000..<0x1_D200,
    0x1_D400..<0x1_D800, 0x1_F300..<0x1_F700, 0x2_0000..<0x2_0100, 0x2_F800..<0x2_FA20,
    0xE_0000..<0xE_0200,
  ]
  private static let composingBlocks: [Range<UInt32>] = [
    0x41..<0x7B, 0x41..<0x7B, 0xC0..<0x250, 0x300..<0x370, 0x300..<0x370, 0x370..<0x400,
    0x591..<0x5D0, 0x610..<0x660, 0x930..<0x960, 0x9B0..<0x9E0, 0xF40..<0xF85,
    0x1100..<0x1200, 0xAC00..<0xAC40, 0x1F00..<0x2000, 0x304B..<0x309B, 0x1_D150..<0x1_D170,
    0x2126..<0x212C, 0xFB00..<0xFB50,
  ]
  private static let borderScalars: [UInt32] = [
    0x301, 0x308, 0x327, 0x345, 0x334, 0xAD, 0x200B, 0x200D, 0xFEFF, 0x640, 0x64B, 0x5B7,
    0x4E2D, 0xE01, 0xE48, 0x304B, 0x3099, 0xFFFD, 0xE9, 0xDF, 0x130, 0x390, 0x149, 0xFB03,
    0x212A, 0x37E, 0x2000, 0xF900, 0x1161, 0xAC00, 0x11A8, 0x9BE, 0xF73, 0x338, 0x1_D15E,
  ]
  private static let illFormedSequences: [[UInt8]] = [
    [0x80], [0xBF, 0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xE0, 0x80, 0x80], [0xE0, 0x9F],
    [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x9F],
    [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80], [0xF5], [0xFF], [0xFE], [0xCC, 0x81], [0xCC],
  ]
}

extension SplitMix64 {
  /// One of the elements.
  package mutating func pick<Element>(_ elements: some RandomAccessCollection<Element>) -> Element {
    elements[elements.index(elements.startIndex, offsetBy: below(elements.count))]
  }

  /// A scalar of the range that is no surrogate.
  package mutating func scalar(in range: Range<UInt32>) -> UInt32 {
    while true {
      let scalar = range.lowerBound + UInt32(below(range.count))
      if !(0xD800..<0xE000).contains(scalar) { return scalar }
    }
  }
}

extension [UInt8] {
  /// Appends the UTF-8 of a scalar that is no surrogate.
  package mutating func append(scalar: UInt32) {
    guard let scalar = Unicode.Scalar(scalar) else { preconditionFailure("a surrogate") }
    append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }
}
