import Testing

@testable import RepriseCore

/// Signatures of datasketch 2.0.0.
///
/// Its scheme affine32 is min(a x + b mod 2^32), as ours, after one
/// mix of x. The others cannot come out of ``MinHash``: `legacy` computes modulo the prime 2^61 - 1
/// before it cuts to 32 bits, and `affine64` works on 64 bits.
@Suite("MinHash of datasketch")
struct MinHashVectorTests {
  private struct Vectors: Decodable {
    struct Family: Decodable {
      var seed: Int
      var factors: [UInt32]
      var summands: [UInt32]
      var documents: [Document]
    }
    struct Document: Decodable {
      var name: String
      var hashes: [UInt32]
      var minima: [UInt32]
    }
    var families: [Family]
  }

  @Test("The scheme affine32 comes out with the same functions and mixed hashes")
  func reproducesAffine32() throws {
    let families = try fixture("datasketch-affine32.json", as: Vectors.self).families
    #expect(families.map(\.factors.count) == [8, 128, 8, 128])
    for family in families {
      let functions = MinHash(factors: family.factors, summands: family.summands)
      for document in family.documents {
        // Only the low half of an id counts.
        let ids = document.hashes.map { UInt64(mixed($0)) | 0xABCD_EF01 << 32 }
        let minima = functions.signature(of: ids.span)
        #expect(minima == document.minima, "\(document.name), seed \(family.seed)")
      }
    }
  }

  /// The finalizer of MurmurHash3.
  private func mixed(_ hash: UInt32) -> UInt32 {
    var hash = (hash ^ hash >> 16) &* 0x85EB_CA6B
    hash = (hash ^ hash >> 13) &* 0xC2B2_AE35
    return hash ^ hash >> 16
  }
}
