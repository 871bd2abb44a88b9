import RepriseTestSupport
import Testing

@testable import RepriseCore

@Suite("Sketches of texts")
struct SketcherTests {
  private static func texts() -> [[UInt8]] {
    [0, 1, 40, 400, 5_000, 3, 900].enumerated().map { index, byteCount in
      var random = seeded(index, byteCount)
      return RandomText.mixture.make(byteCount, &random)
    } + [Array("... --- ...".utf8), Array("one two three".utf8)]
  }

  @Test("A sketch has the values that each part has by itself", arguments: [5, 3])
  func hasTheValuesOfItsParts(shingleLength: Int) {
    let scheme = Scheme(shingleLength: shingleLength)
    let rules = PassageRules(minimumWords: 16)
    var sketcher = Sketcher(Sketcher.Parameters(scheme: scheme, passageRules: rules))
    var (keys, words, list) = ([UInt64](), [UInt64](), FingerprintList())
    var (plainKeys, plainWords, plainList) = ([UInt64](), [UInt64](), FingerprintList())
    for (index, text) in Self.texts().enumerated() {
      let sketch = unsafe sketcher.read(text.span.bytes)
      sketcher.append(to: &keys, &words, &list, document: UInt32(index))

      var tokens = TokenizedText()
      unsafe tokens.read(text.span.bytes)
      let contentHash = unsafe ContentHash(of: tokens, source: text.span.bytes)
      #expect(sketch.contentHash == contentHash)
      #expect(sketch.invalidSequenceCount == tokens.invalidSequenceCount)
      guard tokens.count > 0 else {
        plainKeys += Array(repeating: 0, count: scheme.bands.bandCount)
        plainWords += Array(repeating: 0, count: 4)
        continue
      }
      var shingles = ShingleIDs(length: shingleLength)
      shingles.read(tokens)
      var signature = Signature(slotCount: scheme.slotCount)
      signature.read(shingles)
      BandKeys(shape: scheme.bands, scheme: Scheme.number).append(of: signature, to: &plainKeys)
      BBitSignature.bit.append(of: signature, to: &plainWords)
      var grams = ShingleIDs(length: Fingerprints.shingleLength)
      grams.read(tokens)
      var fingerprints = Fingerprints(rules: rules)
      fingerprints.read(tokens, shingles: &grams)
      fingerprints.append(to: &plainList, document: UInt32(index))
    }
    #expect(keys == plainKeys)
    #expect(words == plainWords)
    #expect(Self.content(of: &list) == Self.content(of: &plainList))
    #expect(list.count > 0)
  }

  @Test("Signatures outside the scope are zeros, and fingerprints are missing")
  func leavesOutParts() {
    let scopes: [SketchScope] = [.signatures, .fingerprints]
    for scope in scopes {
      var sketcher = Sketcher(
        Sketcher.Parameters(scope: scope, passageRules: PassageRules(minimumWords: 16)))
      var (keys, words, list) = ([UInt64](), [UInt64](), FingerprintList())
      let texts = Self.texts()
      for (index, text) in texts.enumerated() {
        _ = unsafe sketcher.read(text.span.bytes)
        sketcher.append(to: &keys, &words, &list, document: UInt32(index))
      }
      #expect(keys.count == texts.count * Scheme().bands.bandCount)
      #expect(words.count == texts.count * 4)
      #expect(keys.contains { $0 != 0 } == (scope == .signatures))
      #expect(words.contains { $0 != 0 } == (scope == .signatures))
      #expect((list.count > 0) == (scope == .fingerprints))
    }
  }

  private static func content(of list: inout FingerprintList) -> [[UInt64]] {
    var content: [[UInt64]] = []
    list.group()
    for partition in 0..<FingerprintList.partitionCount {
      list.forEach(inPartition: partition) { key, posting in
        content.append(
          [key, UInt64(posting.document), UInt64(posting.position), UInt64(posting.context)])
      }
    }
    return content
  }
}
