import CKernels
import RepriseTestSupport
import Testing

@testable import RepriseCore

/// The kernels against the definition, window by window.
struct WinnowingTests {
  @Test(arguments: [1, 2, 9, 43, 93])
  func `of every window the rightmost minimum is selected, and nothing else`(window: Int) {
    for count in [0, 1, window - 1, window, window + 1, 3 * window + 1, 1000] {
      for values in [3, 50, Int(UInt32.max)] {
        var random = seeded(window, count, values)
        let hashes = (0..<count).map { _ in UInt64(random.below(values)) }
        let plain = plainSelection(hashes, window)
        // Equal hashes many times in a row are selected less often.
        guard longestRepeat(plain.map { hashes[$0] }) <= 64 else { continue }
        #expect(winnow(hashes, window) == plain)
      }
    }
  }

  @Test func `a periodic text has a bounded share of fingerprints`() {
    let hashes = (0..<100_000).map { UInt64($0 % 3) }
    let selected = winnow(hashes, 43)
    #expect(selected.count < 64 + 100_000 / 40)
    #expect(zip(selected, selected.dropFirst()).allSatisfy { $1 - $0 <= 43 + 3 })
  }

  @Test func `words of a mixed text give the fingerprints that they give alone`() {
    for number in 0..<50 {
      var random = seeded(number, 5)
      let words = PlantedText.english.tokens(ofWords: 120, &random).joined(separator: " ")
      let graphemes = PlantedText.chinese.tokens(ofWords: 40, &random).joined()
      let alone = fingerprints(words)
      let mixed = fingerprints(words + " " + graphemes)
      #expect(Set(alone).isSubset(of: Set(mixed)))
    }
  }

  private func winnow(_ hashes: [UInt64], _ window: Int) -> [Int] {
    var positions = [UInt32](repeating: 0, count: hashes.count + 1)
    let count = unsafe reprise_winnow(hashes, hashes.count, window, &positions)
    return positions[..<count].map { Int($0) }
  }

  private func plainSelection(_ hashes: [UInt64], _ window: Int) -> [Int] {
    guard hashes.count >= window else { return [] }
    let selected = (0...hashes.count - window).map { start in
      (start..<start + window).max { (hashes[$1], $0) < (hashes[$0], $1) } ?? start
    }
    return Set(selected).sorted()
  }

  private func longestRepeat(_ values: [UInt64]) -> Int {
    var (longest, current) = (0, 0)
    for (value, next) in zip(values, values.dropFirst()) {
      current = value == next ? current + 1 : 0
      longest = max(longest, current)
    }
    return longest
  }

  private func fingerprints(_ text: String) -> [UInt64] {
    var tokens = TokenizedText()
    tokens.read(Array(text.utf8))
    var shingles = ShingleIDs(length: Fingerprints.shingleLength)
    shingles.read(tokens)
    var fingerprints = Fingerprints(rules: PassageRules())
    fingerprints.read(tokens, shingles: &shingles)
    var list = FingerprintList()
    fingerprints.append(to: &list, document: 0)
    list.group()
    var keys: [UInt64] = []
    for part in 0..<FingerprintList.partitionCount {
      list.forEach(inPartition: part) { key, _ in keys.append(key) }
    }
    return keys
  }
}
