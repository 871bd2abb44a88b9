import Foundation

/// A change of a text that leaves it much the same, in any language.
enum LanguageEdit: String, CaseIterable {
  case halfPercent = "0.5 % substituted"
  case onePercent = "1 % substituted"
  case twoPercent = "2 % substituted"
  case sentence = "a sentence dropped"
  case decomposed = "NFD"
  case composed = "NFC"
  case vocalised = "vocalised"
  case fullWidth = "full-width forms"
  case upperCase = "upper case"
  case punctuation = "other punctuation"

  /// Edits after which every token is the same, by scheme 1 without options.
  var keepsTokens: Bool {
    switch self {
    case .decomposed, .composed, .vocalised, .upperCase, .punctuation: true
    default: false
    }
  }

  /// The text after the change; `isSpaced` tells whether words stand between spaces.
  func apply(to text: String, isSpaced: Bool, _ random: inout RandomTexts) -> String {
    switch self {
    case .halfPercent: Self.substitute(0.005, in: text, isSpaced, &random)
    case .onePercent: Self.substitute(0.01, in: text, isSpaced, &random)
    case .twoPercent: Self.substitute(0.02, in: text, isSpaced, &random)
    case .sentence: Self.dropSentence(of: text, &random)
    case .decomposed: text.decomposedStringWithCanonicalMapping
    case .composed: text.precomposedStringWithCanonicalMapping
    case .vocalised: Self.vocalise(text)
    case .fullWidth: Self.map(text) { (0x21...0x7E).contains($0) ? $0 + 0xFEE0 : $0 }
    case .upperCase: Self.upperCase(text)
    case .punctuation: Self.punctuate(text)
    }
  }

  /// Puts other words of the text, or other characters, in place of some.
  private static func substitute(
    _ share: Double, in text: String, _ isSpaced: Bool, _ random: inout RandomTexts
  ) -> String {
    var pieces = isSpaced ? text.split(separator: " ").map(String.init) : text.map(String.init)
    for _ in 0..<max(1, Int(share * Double(pieces.count))) {
      let place = random.number(below: pieces.count)
      pieces[place] = pieces[random.number(below: pieces.count)]
    }
    return pieces.joined(separator: isSpaced ? " " : "")
  }

  private static func dropSentence(of text: String, _ random: inout RandomTexts) -> String {
    var sentences: [String] = []
    var open = ""
    for character in text {
      open.append(character)
      // The shorter ones go with what follows.
      if ".!?\n\u{3002}\u{FF01}\u{964}\u{61F}".contains(character) && open.count > 20 {
        sentences.append(open)
        open = ""
      }
    }
    sentences.append(open)
    if sentences.count > 1 { sentences.remove(at: random.number(below: sentences.count)) }
    return sentences.joined()
  }

  /// Gives every second Arabic letter a vowel mark, and the word a tatweel.
  private static func vocalise(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for (index, scalar) in text.unicodeScalars.enumerated() {
      result.append(scalar)
      guard (0x628...0x64A).contains(scalar.value), index % 2 == 0 else { continue }
      result.append(index % 6 == 0 ? "\u{640}" : "\u{64E}")
    }
    return String(result)
  }

  /// Capitals, but for those whose small letter is another one than before.
  private static func upperCase(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      let upper = scalar.properties.uppercaseMapping
      return upper.lowercased() == String(scalar).lowercased() ? upper : String(scalar)
    }.joined()
  }

  /// Other marks for those of sentences, and two spaces for one.
  private static func punctuate(_ text: String) -> String {
    let marks: [Character: String] = [
      ".": "! ", ",": " -- ", "\u{3002}": "\u{FF01}", "\u{3001}": "\u{FF0C}", "(": "[", ")": "]",
      "\u{964}": "\u{965}", "\u{60C}": "\u{61B}", " ": "  ",
    ]
    return text.map { marks[$0] ?? String($0) }.joined()
  }

  private static func map(_ text: String, _ body: (UInt32) -> UInt32) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      result.append(Unicode.Scalar(body(scalar.value)) ?? scalar)
    }
    return String(result)
  }
}
