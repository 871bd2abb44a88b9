/// What a generated text is written in.
public enum Script: String, CaseIterable, Sendable {
  /// Like English, with some letters outside ASCII.
  case latin
  /// Like Russian.
  case cyrillic
  /// Like Chinese: ideographs, no spaces.
  case han
}

extension Script {
  /// What a syllable begins with.
  var onsets: [String] {
    switch self {
    case .latin:
      [
        "b", "c", "d", "f", "g", "h", "l", "m", "n", "p", "r", "s", "t", "w", "st", "tr", "ch",
        "th", "pl", "br",
      ]
    case .cyrillic:
      [
        "б", "в", "г", "д", "ж", "з", "к", "л", "м", "н", "п", "р", "с", "т", "ст", "тр", "ч", "ш",
        "пл", "бр",
      ]
    case .han: Self.ideographs(from: 0x4E00)
    }
  }

  /// What a syllable goes on with.
  var vowels: [String] {
    switch self {
    case .latin: ["a", "e", "i", "o", "u", "ea", "ou", "ai"]
    case .cyrillic: ["а", "е", "и", "о", "у", "ы", "ой", "я"]
    case .han: Self.ideographs(from: 0x6C00)
    }
  }

  /// What a word ends with.
  var codas: [String] {
    switch self {
    case .latin: ["", "n", "r", "s", "t", "l", "d", "m", "nd", "st", "ck"]
    case .cyrillic: ["", "н", "р", "с", "т", "л", "д", "м", "ть", "ст", "к"]
    case .han: [""]
    }
  }

  /// What stands at the end of one word in forty, as in loan words and names.
  var loanLetters: [String] {
    switch self {
    case .latin: ["é", "ü", "ñ", "ç"]
    case .cyrillic: ["ё", "э", "щ", "ъ"]
    case .han: ["a", "B", "C", "d"]
    }
  }

  var space: String { self == .han ? "" : " " }
  var stop: String { self == .han ? "\u{3002}" : "." }
  var comma: String { self == .han ? "\u{FF0C}" : "," }
  var dash: String { self == .han ? "\u{2014}\u{2014}" : "\u{2013}" }
  var quotes: (open: String, close: String) {
    switch self {
    case .latin: ("\"", "\"")
    case .cyrillic: ("\u{AB}", "\u{BB}")
    case .han: ("\u{201C}", "\u{201D}")
    }
  }

  private static func ideographs(from first: UInt32) -> [String] {
    (0..<100).compactMap { Unicode.Scalar(first + 67 * $0).map { String($0) } }
  }
}
