import Reprise

/// Words with the frequencies and lengths of running English text, all made up.
struct Vocabulary {
  private var words: [[UInt8]] = []
  /// Which word each of 65,536 equally likely draws gives.
  private var draws: [UInt16] = []

  private static let onsets = [
    "b", "c", "d", "f", "g", "h", "l", "m", "n", "p", "r", "s", "t", "w", "st", "tr", "ch", "th",
    "pl", "br",
  ]
  private static let vowels = ["a", "e", "i", "o", "u", "ea", "ou", "ai"]
  private static let codas = ["", "n", "r", "s", "t", "l", "d", "m", "nd", "st", "ck"]

  /// Makes `count` words; word i is drawn with a frequency of about 1 / (i + 3) (Zipf).
  init(count: Int, generator: inout SplitMix64) {
    var known: Set<[UInt8]> = []
    while words.count < count {
      // Frequent words are short.
      let syllables = 1 + words.count.bitWidth(over: 40) / 4
      var word = ""
      let shortened = syllables > 1 ? generator.below(2) : 0
      for _ in 0..<syllables - shortened {
        word += Self.onsets[generator.below(Self.onsets.count)]
        word += Self.vowels[generator.below(Self.vowels.count)]
      }
      word += Self.codas[generator.below(Self.codas.count)]
      // One word in forty has a letter outside ASCII, as loan words and names do.
      if words.count % 40 == 39 { word += ["é", "ü", "ñ", "ç"][words.count / 40 % 4] }
      if known.insert(Array(word.utf8)).inserted { words.append(Array(word.utf8)) }
    }
    let weights = (0..<count).map { 1 / Double($0 + 3) }
    let total = weights.reduce(0, +)
    var (sum, word) = (0.0, 0)
    for draw in 0..<65_536 {
      while word + 1 < count && sum + weights[word] < total * Double(draw) / 65_536 {
        sum += weights[word]
        word += 1
      }
      draws.append(UInt16(word))
    }
  }

  /// Draws the number of a word.
  func draw(_ generator: inout SplitMix64) -> UInt16 {
    draws[Int(generator.next() >> 48)]
  }

  /// Draws the number of a word, all equally likely: rare ones, mostly.
  func drawRare(_ generator: inout SplitMix64) -> UInt16 {
    UInt16(generator.below(words.count))
  }

  subscript(word: UInt16) -> [UInt8] { words[Int(word)] }
}

extension Int {
  /// The number of binary digits of self / unit.
  fileprivate func bitWidth(over unit: Int) -> Int {
    Int.bitWidth - (self / unit).leadingZeroBitCount
  }
}

extension SplitMix64 {
  /// A number below `limit`.
  ///
  /// The standard library's own draws may change from version to version.
  mutating func below(_ limit: Int) -> Int { Int(next() >> 33) % limit }
}
