import RepriseCore

/// Texts of made-up words.
struct RandomTexts {
  private var generator: SplitMix64

  init(seed: UInt64) { generator = SplitMix64(state: seed) }

  /// A number below a bound.
  mutating func number(below bound: Int) -> Int { Int.random(in: 0..<bound, using: &generator) }

  /// A word of seven letters: one of eight thousand million, so that none comes twice by chance.
  mutating func word() -> String {
    var number = generator.next()
    let letters = (0..<7).map { _ in
      defer { number /= 26 }
      return UInt8(ascii: "a") + UInt8(number % 26)
    }
    return String(decoding: letters, as: UTF8.self)
  }

  /// Words.
  mutating func words(_ count: Int) -> [String] { (0..<count).map { _ in word() } }

  /// Words with a space between.
  mutating func text(_ count: Int) -> String { words(count).joined(separator: " ") }

  /// Words in another order.
  mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    elements.shuffled(using: &generator)
  }
}
