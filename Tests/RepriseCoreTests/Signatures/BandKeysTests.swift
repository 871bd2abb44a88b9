import CKernels
import RepriseTestSupport
import Testing

@testable import RepriseCore

@Suite("Band keys")
struct BandKeysTests {
  @Test(
    "A key is the hash of the scheme, the band and its slots, each as four bytes",
    arguments: [(21, 9), (1, 256), (256, 1), (14, 8)])
  func areHashesOfBytes(bandCount: Int, rowCount: Int) {
    var random = seeded(bandCount)
    var signature = Signature(slotCount: 256)
    signature.read(random.words(40))
    let keys = BandKeys(shape: BandShape(bandCount: bandCount, rowCount: rowCount), scheme: 1)
    var found: [UInt64] = [42]
    keys.append(of: signature, to: &found)
    let slots = signature.span.array
    let expected = (0..<bandCount).map { band in
      hash([1, UInt32(band)] + slots[band * rowCount..<(band + 1) * rowCount])
    }
    #expect(found == [42] + expected)
  }

  @Test("Equal slots in different bands, and of different schemes, have different keys")
  func dependOnBandAndScheme() {
    // One shingle and the affine method: no two slots are likely equal, so bands are compared
    // through two signatures whose slots are all ones or all of one id.
    var signature = Signature(slotCount: 64)
    signature.read([0])
    var (first, second) = ([UInt64](), [UInt64]())
    let shape = BandShape(bandCount: 64, rowCount: 1)
    let one = BandKeys(shape: shape, scheme: 1)
    one.append(of: signature, to: &first)
    let two = BandKeys(shape: shape, scheme: 2)
    two.append(of: signature, to: &second)
    #expect(Set(first + second).count == 128)
  }

  private func hash(_ words: [UInt32]) -> UInt64 {
    let bytes = words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
    }
    return unsafe reprise_xxh3_64(bytes, bytes.count, REPRISE_PLAIN)
  }
}
