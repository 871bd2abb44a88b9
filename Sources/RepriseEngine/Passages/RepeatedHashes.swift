/// Tells which hashes of a list may occur twice, so that the others need not be sorted.
///
/// A bit is set for each hash, and a second one where the first was set before. With 16 bits a hash, one
/// in sixteen of the hashes that occur once is taken for one that occurs twice.
struct RepeatedHashes {
  private var once: [UInt64]
  private var twice: [UInt64]
  private let mask: UInt64

  /// Reads the hashes of a list.
  /// - Complexity: O(n) in time and bytes for n hashes.
  init(_ hashes: some Collection<UInt64>) {
    // A power of two.
    let bitCount = 1 << (Int.bitWidth - (16 * max(4, hashes.count) - 1).leadingZeroBitCount)
    mask = UInt64(bitCount - 1)
    once = [UInt64](repeating: 0, count: bitCount / 64)
    twice = once
    for hash in hashes {
      let (word, bit) = place(of: hash)
      twice[word] |= once[word] & bit
      once[word] |= bit
    }
  }

  /// False for a hash that occurs once for certain.
  func mayOccurTwice(_ hash: UInt64) -> Bool {
    let (word, bit) = place(of: hash)
    return twice[word] & bit != 0
  }

  private func place(of hash: UInt64) -> (word: Int, bit: UInt64) {
    let bit = hash & mask
    return (Int(bit / 64), 1 << (bit % 64))
  }
}
