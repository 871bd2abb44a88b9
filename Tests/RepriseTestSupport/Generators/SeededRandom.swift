package import RepriseCore

/// The state of a generator for one case of a test: equal parts give equal numbers, so that the
/// arguments which a failure prints are all that is needed to run the case again.
package func seeded(_ parts: Int...) -> SplitMix64 {
  var state: UInt64 = 0
  for part in parts {
    var generator = SplitMix64(state: state ^ UInt64(bitPattern: Int64(part)))
    state = generator.next()
  }
  return SplitMix64(state: state)
}

extension SplitMix64 {
  /// A whole number below `limit`.
  package mutating func below(_ limit: Int) -> Int {
    // Multiplication instead of remainder; the bias is below limit / 2^64.
    Int(next().multipliedFullWidth(by: UInt64(limit)).high)
  }

  /// True in one of `count` cases.
  package mutating func isOne(in count: Int) -> Bool { below(count) == 0 }

  /// `count` different-looking words.
  package mutating func words(_ count: Int) -> [UInt64] {
    var words: [UInt64] = []
    words.reserveCapacity(count)
    for _ in 0..<count { words.append(next()) }
    return words
  }

  package mutating func shuffle<Element>(_ elements: inout [Element]) {
    for index in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(index, below(index + 1))
    }
  }
}
