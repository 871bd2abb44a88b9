import CKernels
import RepriseTestSupport
import Testing

@testable import RepriseCore

@Suite("XXH3")
struct XXH3VectorTests {
  private struct Vectors: Decodable {
    struct Vector: Decodable {
      var length: Int
      var hash64: String
      var hash128: String
    }
    var vectors: [Vector]
  }

  @Test("Both widths give the published numbers at every length")
  func givesPublishedNumbers() throws {
    let vectors = try fixture("xxh3-vectors.json", as: Vectors.self).vectors
    #expect(vectors.count == 40)
    let buffer = publishedInput(vectors.map(\.length).max() ?? 0)
    for vector in vectors {
      let input = Array(buffer.prefix(vector.length))
      for set in InstructionSet.available {
        let hash64 = unsafe reprise_xxh3_64(input, input.count, set.kernel)
        #expect(padded(hash64) == vector.hash64, "\(vector.length) bytes, \(set)")
        let hash = unsafe reprise_xxh3_128(input, input.count, set.kernel)
        let identity = ContentHash(low: hash.low, high: hash.high, tokenCount: 0)
        #expect(identity.hexadecimal == vector.hash128, "\(vector.length) bytes, \(set)")
      }
    }
  }

  @Test(
    "A shingle of any bytes, of every length from 1 to 300, has the stock hash",
    arguments: InstructionSet.available)
  func agreesWithTheStockHash(set: InstructionSet) {
    for length in 1...300 {
      for seed in 0..<4 {
        var random = seeded(length, seed)
        // What lies before and behind the token must not matter.
        let around = (0..<length + 64).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        let token = Array(around[32..<32 + length])
        #expect(
          shingleID(ofBytes: 32..<32 + length, in: around, on: set) == stock(token),
          "\(length) bytes, seed \(seed)")
      }
    }
  }

  private func shingleID(
    ofBytes range: Range<Int>, in bytes: [UInt8], on set: InstructionSet
  ) -> UInt64 {
    var id: UInt64 = 0
    let starts = [UInt32(range.lowerBound), UInt32(range.upperBound) + 1]
    unsafe reprise_shingle_ids(bytes, starts, 1, 1, &id, set.kernel)
    return id
  }

  private func stock(_ bytes: [UInt8]) -> UInt64 {
    unsafe reprise_xxh3_64(bytes, bytes.count, REPRISE_PLAIN)
  }

  /// The buffer that xxHash's own tests hash; the fixture states the rule.
  private func publishedInput(_ count: Int) -> [UInt8] {
    var word: UInt64 = 2_654_435_761
    return (0..<count).map { _ in
      defer { word = word &* 11_400_714_785_074_694_797 }
      return UInt8(word >> 56)
    }
  }

  private func padded(_ word: UInt64) -> String {
    let digits = String(word, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
