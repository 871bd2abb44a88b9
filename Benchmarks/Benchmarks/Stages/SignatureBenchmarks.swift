import Benchmark
import Reprise

/// Signatures, band keys and b-bit signatures: one iteration is 100 documents.
func signatureBenchmarks() {
  for count in [20, 80, 450, 4_500] {
    let ids = ids(count)
    var expected = Signature(slotCount: 256, instructionSet: .plain)
    expected.read(ids.span)
    let slots = (0..<256).map { expected.span[$0] }
    Benchmark("signature, 256 slots, \(count) shingles, 100 documents") { benchmark in
      var signature = Signature(slotCount: 256)
      for _ in benchmark.scaledIterations {
        for _ in 0..<100 { signature.read(ids.span) }
        require((0..<256).allSatisfy { signature.span[$0] == slots[$0] }, "signature")
      }
    }
  }
  Benchmark("band keys, 21 x 9, 100 documents") { benchmark in
    var signature = Signature(slotCount: 256)
    signature.read(ids(450).span)
    let bandKeys = BandKeys(
      shape: BandShape(bandCount: 21, rowCount: 9), scheme: Scheme.number)
    for _ in benchmark.scaledIterations {
      var keys: [UInt64] = []
      for _ in 0..<100 { bandKeys.append(of: signature, to: &keys) }
      require(keys.count == 2_100 && keys[20] == keys[2_099], "band keys")
    }
  }
}
