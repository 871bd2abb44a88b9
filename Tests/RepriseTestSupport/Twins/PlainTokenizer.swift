internal import CKernels
package import RepriseCore

/// The tokenizer as scheme 1 describes it, one step after another over whole arrays.
///
/// Decode, NFC, fold, drop, cut: the twin of the kernels, which do it all in one pass.
/// Decoding is the standard library's. The classes and foldings are those of the generated tables,
/// and composition is ``CanonicalComposition``, which has tests of its own.
package enum PlainTokenizer {
  package static func tokens(of text: [UInt8], _ folding: Folding = []) -> TokenSequence {
    tokens(of: text, TokenRules(folding: folding))
  }

  package static func tokens(of text: [UInt8], _ rules: TokenRules) -> TokenSequence {
    let pieces = decode(withoutByteOrderMark(text))
    var composition = CanonicalComposition(folding: rules.folding)
    var tokens: [[UInt8]] = []
    // What the last scalar that was not dropped leaves behind: nothing, a word, or a grapheme.
    var last = REPRISE_UNICODE_SEPARATOR
    for piece in pieces {
      switch piece {
      case .scalars(var scalars):
        if rules.folding.contains(.hyphens) { scalars = withoutDivisions(scalars) }
        composition.compose(&scalars)
        cut(scalars, rules, &tokens, &last)
      case .invalid(let bytes):
        if last == REPRISE_UNICODE_WORD {
          tokens[tokens.count - 1] += bytes
        } else {
          tokens.append(bytes)
        }
        last = REPRISE_UNICODE_WORD
      }
    }
    let invalidSequences = pieces.count { if case .invalid = $0 { true } else { false } }
    return TokenSequence(tokens: tokens, invalidSequences: invalidSequences)
  }

  /// One U+00AD instead of what divides a word at a line end.
  private static func withoutDivisions(_ scalars: [UInt32]) -> [UInt32] {
    var (joined, at, start) = ([UInt32](), 0, 0)
    while at < scalars.count {
      var next = at + 1
      func skipBlanks() {
        while next < scalars.count, [0x20, 0x09].contains(scalars[next]) { next += 1 }
      }
      skipBlanks()
      let lineEnds: [[UInt32]] = [[0x0D, 0x0A], [0x0A], [0x0D]]
      let lineEnd = lineEnds.first { scalars[next...].starts(with: $0) }
      next += lineEnd?.count ?? 0
      skipBlanks()
      let isHyphen = [0x2D, 0xAD, 0x2010, 0xAC].contains(scalars[at])
      let followsLetter = joined[start...].last { !isAttached($0) }.map(isLetter) ?? false
      let continues = next < scalars.count && isLowerCase(scalars[next])
      if isHyphen, lineEnd != nil, scalars[at] == 0xAD || (followsLetter && continues) {
        joined.append(0xAD)
        (at, start) = (next, joined.count)
      } else {
        joined.append(scalars[at])
        at += 1
      }
    }
    return joined
  }

  /// The properties that the standard library has, if the scalar is in Unicode 15.0.
  private static func properties(_ scalar: UInt32) -> Unicode.Scalar.Properties? {
    guard let properties = Unicode.Scalar(scalar)?.properties, let age = properties.age else {
      return nil
    }
    return age.major <= 15 ? properties : nil
  }

  /// Sentence_Break is Extend or Format.
  private static func isAttached(_ scalar: UInt32) -> Bool {
    guard let properties = properties(scalar) else { return false }
    let kind = properties.generalCategory
    return properties.isGraphemeExtend || kind == .spacingMark || kind == .format
  }

  /// Sentence_Break is Lower, Upper or OLetter.
  private static func isLetter(_ scalar: UInt32) -> Bool {
    properties(scalar).map { $0.isAlphabetic || scalar == 0x5F3 } ?? false
  }

  /// Sentence_Break is Lower: UAX 29 excludes the Georgian letters that have no upper-case twins.
  private static func isLowerCase(_ scalar: UInt32) -> Bool {
    guard let properties = properties(scalar) else { return false }
    let isGeorgian = (0x10D0...0x10FA).contains(scalar) || (0x10FD...0x10FF).contains(scalar)
    return properties.isLowercase && !properties.isGraphemeExtend && !isGeorgian
  }

  /// Scalars that follow one another, or an ill-formed sequence.
  private enum Piece {
    case scalars([UInt32])
    case invalid([UInt8])
  }

  private static func withoutByteOrderMark(_ text: [UInt8]) -> [UInt8] {
    text.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(text.dropFirst(3)) : text
  }

  private static func decode(_ text: [UInt8]) -> [Piece] {
    var pieces: [Piece] = []
    var scalars: [UInt32] = []
    var parser = Unicode.UTF8.ForwardParser()
    var bytes = text.makeIterator()
    var place = 0
    while true {
      switch parser.parseScalar(from: &bytes) {
      case .valid(let encoded):
        scalars.append(Unicode.UTF8.decode(encoded).value)
        place += encoded.count
      case .error(let length):
        pieces += [.scalars(scalars), .invalid(Array(text[place..<place + length]))]
        scalars = []
        place += length
      case .emptyInput: return pieces + [.scalars(scalars)]
      }
    }
  }

  private static func cut(
    _ scalars: [UInt32], _ rules: TokenRules, _ tokens: inout [[UInt8]], _ last: inout Int
  ) {
    for scalar in scalars {
      var kind = Int(UnicodeTables.entry(scalar)) & Int(REPRISE_UNICODE_CLASS_MASK)
      // The standard library knows which scalars are white space.
      if rules.countsSymbols, kind == REPRISE_UNICODE_SEPARATOR,
        Unicode.Scalar(scalar)?.properties.isWhitespace == false
      {
        kind = REPRISE_UNICODE_GRAPHEME
      }
      let folded = rules.countsCase ? unchanged(scalar) : folded(scalar)
      switch kind {
      case REPRISE_UNICODE_DROPPED: continue
      case REPRISE_UNICODE_SEPARATOR: last = REPRISE_UNICODE_SEPARATOR
      case REPRISE_UNICODE_EXTEND where last != REPRISE_UNICODE_SEPARATOR:
        tokens[tokens.count - 1] += folded
      case REPRISE_UNICODE_WORD where last == REPRISE_UNICODE_WORD:
        tokens[tokens.count - 1] += folded
      default:
        tokens.append(folded)
        last = kind == REPRISE_UNICODE_GRAPHEME ? kind : REPRISE_UNICODE_WORD
      }
    }
  }

  private static func unchanged(_ scalar: UInt32) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(scalar: scalar)
    return bytes
  }

  private static func folded(_ scalar: UInt32) -> [UInt8] {
    let row = Int(UnicodeTables.entry(scalar) >> UInt32(REPRISE_UNICODE_FOLD_SHIFT))
    if row == 0 { return unchanged(scalar) }
    let bytes = unsafe UnsafeBufferPointer(start: reprise_unicode_fold_base() + 8 * row, count: 8)
    return unsafe Array(bytes[1...Int(bytes[0])])
  }
}
