import Reprise
import Testing

extension ScanResults {
  /// Checks every drop's similarity against the oracle's.
  func checkDrops(_ texts: [String: String], threshold: Double = 0.8, length: Int = 5) throws {
    for entry in entries where entry.status == .drop {
      let text = try #require(texts[entry.id], "\(entry.id)")
      let survivor = try #require(entry.duplicateOf)
      let other = try #require(texts[survivor], "\(survivor)")
      // Texts without a word are equal by their bytes.
      let isEmpty = JaccardOracle.tokens(text).isEmpty && text == other
      let similarity = isEmpty ? 1 : JaccardOracle.similarity(text, other, length: length)
      #expect(entry.similarity == similarity, "\(entry.id) and \(survivor)")
      #expect(similarity >= threshold, "\(entry.id) and \(survivor)")
      let hasSameWords = JaccardOracle.tokens(text) == JaccardOracle.tokens(other)
      let hasSameText = Array(text.utf8) == Array(other.utf8)
      let reason: ManifestEntry.Reason = hasSameText ? .exact : hasSameWords ? .words : .near
      #expect(entry.reason == reason, "\(entry.id) and \(survivor)")
    }
  }

  /// The same for texts whose ids are numbered.
  func checkDrops(_ texts: [String], threshold: Double = 0.8, length: Int = 5) throws {
    let numbered = texts.enumerated().map { ("d\($0)", $1) }
    try checkDrops(Dictionary(uniqueKeysWithValues: numbered), threshold: threshold, length: length)
  }
}
