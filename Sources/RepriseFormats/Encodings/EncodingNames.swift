/// Forms in which people write the names of encodings.
enum EncodingNames {
  /// Names that differ from others in more than the digits.
  private static let fixed = [
    "UTF-8", "UTF-16", "UTF-32", "US-ASCII", "KOI8-R", "KOI8-U", "SHIFT_JIS", "EUC-JP", "EUC-KR",
    "EUC-TW", "GB2312", "GBK", "GB18030", "BIG5", "BIG5-HKSCS", "MACINTOSH", "TIS-620", "VISCII",
    "ISO-2022-JP", "CP437", "CP850", "CP852", "CP866", "CP932", "CP949",
  ]

  private static let all =
    fixed + (1...16).map { "ISO-8859-\($0)" } + (1250...1258).map { "WINDOWS-\($0)" }

  private static let others = [
    "MACROMAN": "MACINTOSH", "MAC": "MACINTOSH", "SJIS": "SHIFT_JIS", "ANSI": "WINDOWS-1252",
    "ASCII": "US-ASCII", "WESTERN": "ISO-8859-1",
  ]

  /// The number of an ISO 8859 part by the number of its Latin alphabet.
  private static let latinParts = [
    "1": 1, "2": 2, "3": 3, "4": 4, "5": 9, "6": 10, "7": 13, "8": 14, "9": 15, "10": 16,
  ]

  /// Returns the usual form of a name: `latin-1`, `windows1252`, `cp-1252`, `iso 8859 1`, `utf_8`; nil
  /// if it is none, or has this form already.
  static func usual(_ name: String) -> String? {
    let plain = Self.plain(name)
    var found = others[plain] ?? all.first { Self.plain($0) == plain }
    if plain.hasPrefix("LATIN") {
      found = latinParts[String(plain.dropFirst(5))].map { "ISO-8859-\($0)" }
    }
    if plain.hasPrefix("CP125") { found = "WINDOWS-" + plain.dropFirst(2) }
    if plain.hasPrefix("WIN125") { found = "WINDOWS-" + plain.dropFirst(3) }
    return found == name ? nil : found
  }

  /// The letters and digits of a name.
  static func plain(_ name: String) -> String {
    String(name.uppercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) })
  }

  /// Returns the sentence for an unknown name, with the most similar name if one is.
  static func refusal(_ name: String) -> String {
    let plain = Self.plain(name)
    let similar = all.map { (name: $0, distance: distance(Self.plain($0), plain)) }
      .min { $0.distance < $1.distance }
    let unknown = "unknown encoding \"\(name)\""
    guard let similar, similar.distance <= 2, plain.count > 3 else { return unknown }
    return "\(unknown); \"\(similar.name)\" is similar"
  }

  /// The number of characters to insert, delete or replace (Levenshtein).
  private static func distance(_ one: String, _ other: String) -> Int {
    let (one, other) = (Array(one), Array(other))
    var row = Array(0...other.count)
    for (index, character) in one.enumerated() {
      var corner = row[0]
      row[0] = index + 1
      for (place, candidate) in other.enumerated() {
        let replaced = corner + (character == candidate ? 0 : 1)
        corner = row[place + 1]
        row[place + 1] = min(replaced, corner + 1, row[place] + 1)
      }
    }
    return row[other.count]
  }
}
