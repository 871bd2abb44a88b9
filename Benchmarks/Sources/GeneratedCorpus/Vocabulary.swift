import Reprise

/// Words with the frequencies and lengths of running English text, all made up.
struct Vocabulary {
  let script: Script
  private var words: [[UInt8]] = []
  /// The same, with a capital where the script has one.
  private var capitalized: [[UInt8]] = []
  /// Which word each of 65,536 equally likely draws gives.
  private var draws: [UInt16] = []

  /// Makes `count` words; word i is drawn with a frequency of about 1 / (i + 3) (Zipf).
  init(script: Script, count: Int, generator: inout SplitMix64) {
    self.script = script
    let (onsets, vowels, codas) = (script.onsets, script.vowels, script.codas)
    let loanLetters = script.loanLetters
    var known: Set<[UInt8]> = []
    while words.count < count {
      // Frequent words are short.
      let syllables = 1 + words.count.bitWidth(over: 40) / 4
      var word = ""
      let shortened = syllables > 1 ? generator.below(2) : 0
      for _ in 0..<syllables - shortened {
        word += onsets[generator.below(onsets.count)]
        word += vowels[generator.below(vowels.count)]
      }
      word += codas[generator.below(codas.count)]
      if words.count % 40 == 39 { word += loanLetters[words.count / 40 % loanLetters.count] }
      guard known.insert(Array(word.utf8)).inserted else { continue }
      words.append(Array(word.utf8))
      capitalized.append(Array((word.prefix(1).uppercased() + word.dropFirst()).utf8))
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

  /// The word at the beginning of a sentence.
  func capitalized(_ word: UInt16) -> [UInt8] { capitalized[Int(word)] }
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
