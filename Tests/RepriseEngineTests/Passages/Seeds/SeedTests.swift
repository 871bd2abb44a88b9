import RepriseTestSupport
import Testing

@testable import RepriseCore
@testable import RepriseEngine

@Suite("Seeds") struct SeedTests {
  private func texts(_ documents: [String]) -> [PassageText] {
    documents.map { document in
      var tokens = TokenizedText()
      tokens.read(Array(document.utf8))
      return PassageText(tokens)
    }
  }

  @Test(arguments: [
    ("a b c d", 2), ("a b", 0), ("", 0), ("一二三四五六七", 2), ("一二三四五", 0), ("a 一二 b 三四", 2),
  ])
  func `a seed has the weight of three words`(text: String, count: Int) {
    var grams = SeedGrams()
    grams.read(texts([text])[0])
    #expect(grams.hashes.count == count)
    #expect(Set(grams.hashes).count == count)
  }

  @Test(arguments: [1, 7, 20]) func `slices count what one table counts`(bits: Int) {
    var random = seeded(bits)
    let hashes = (0..<20_000).map { _ in random.next() << UInt64(random.below(3)) }
    let shape = SeedCounters.Shape(tokenCount: 1 << bits, budget: .max)
    let whole = SeedCounters(shape, slice: 0)
    whole.count(hashes)
    let small = SeedCounters.Shape(tokenCount: 1 << bits, budget: 1 << 14)
    #expect(shape.sliceCount == 1 && small.sliceCount > 1)
    var sums = [Int](repeating: 0, count: hashes.count)
    for slice in 0..<small.sliceCount {
      let part = SeedCounters(small, slice: slice)
      part.count(hashes)
      for (index, count) in part.counts(of: hashes).enumerated() { sums[index] += Int(count) }
    }
    #expect(sums == whole.counts(of: hashes).map { Int($0) })
    var naive: [UInt64: Int] = [:]
    for hash in hashes { naive[hash >> (64 - shape.bits), default: 0] += 1 }
    #expect(sums == hashes.map { min(255, naive[$0 >> (64 - shape.bits)] ?? 0) })
    let once = SeedCounters(shape, slice: 0)
    for _ in 0..<300 { once.count([hashes[0]]) }
    #expect(once.counts(of: [hashes[0]]) == [255])
  }

  @Test func `links with others near them are kept, whatever the memory`() {
    var random = seeded(41)
    var links: [PassageLink] = []
    func add(_ first: Int, _ second: Int) {
      func posting(_ document: UInt32, _ position: Int) -> FingerprintPosting {
        FingerprintPosting(document: document, position: UInt32(position), context: 0)
      }
      links.append(PassageLink(ofSeed: posting(3, first), posting(5, second)))
    }
    for _ in 0..<300 { add(random.below(100_000), random.below(100_000)) }
    for _ in 0..<50 {
      let (first, second) = (random.below(100_000), random.below(100_000))
      for step in 0..<3 { add(first + 21 * step + random.below(9), second + 21 * step) }
    }
    let near = SeedCells.near(links[...])
    for triple in 0..<50 {
      #expect(links[(300 + 3 * triple)..<(303 + 3 * triple)].allSatisfy(near.contains))
    }
    #expect(near.count < 200)
    for budget in [1 << 10, 1 << 26] {
      let cells = SeedCells(linkCount: links.count, budget: budget)
      cells.count(links)
      var kept = links
      cells.removeSingle(&kept)
      #expect(SeedCells.near(kept[...]) == near)
    }
  }

  @Test func `a phrase of many documents is no seed`() {
    var random = seeded(43)
    let phrase = "one and the same phrase"
    let documents = (0..<300).map { _ in
      PlantedText.english.tokens(ofWords: 30, &random).joined(separator: " ") + " " + phrase
    }
    let counters = SeedCounters(SeedCounters.Shape(tokenCount: 10_500, budget: .max), slice: 0)
    var grams = SeedGrams()
    for text in texts(documents) {
      grams.read(text)
      counters.count(grams.hashes)
    }
    var postings = SeedPostings()
    for (number, text) in texts(documents).enumerated() {
      grams.read(text)
      postings.append(grams, sharedBy: counters, document: UInt32(number))
    }
    // Other seeds may share a counter, but none occurs twice.
    postings.group()
    let join = SeedJoin([postings], ranks: Array(0..<300), rules: PassageRules())
    let links = (0..<SeedJoin.partitionCount).flatMap { join.links(inPartition: $0) }
    #expect(links.isEmpty)
    #expect(postings.list.count < 4000)
  }
}
