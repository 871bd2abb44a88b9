import Reprise

/// A corpus that is the same everywhere for the same parameters.
///
/// Text looks like prose: words by Zipf's law, sentences, paragraphs, digits; in Latin script some
/// letters and punctuation outside ASCII. 15 % of the documents are near-duplicates of an earlier one, with
/// about 1 % of its words replaced; 1 % are copies.
public struct GeneratedCorpus: Sendable {
  /// The mean length of a document's text in bytes; lengths lie between half and one and a half of
  /// it.
  public let meanByteCount: Int
  /// The bytes of text after which the corpus ends.
  public let byteCount: Int
  /// What the generator starts from.
  public let seed: UInt64
  /// What the texts are written in.
  public let script: Script

  /// Describes a corpus.
  public init(meanByteCount: Int, byteCount: Int, seed: UInt64 = 1, script: Script = .latin) {
    self.script = script
    self.meanByteCount = meanByteCount
    self.byteCount = byteCount
    self.seed = seed
  }

  /// A document that repeats an earlier one.
  public struct PlantedPair: Sendable {
    /// The number of the earlier document.
    public let original: Int
    /// The number of the document that repeats it.
    public let copy: Int
    /// True if nothing was replaced.
    public let isExact: Bool
  }

  /// Generates the documents.
  /// - Parameter body: called with the words' text of each document, in order.
  /// - Returns: the planted pairs.
  public func generate(_ body: ([UInt8]) -> Void) -> [PlantedPair] {
    var generator = SplitMix64(state: seed)
    let vocabulary = Vocabulary(script: script, count: 30_000, generator: &generator)
    var prose = Prose(vocabulary: vocabulary)
    var recent: [(number: Int, words: [UInt16])] = []
    var pairs: [PlantedPair] = []
    var (done, number) = (0, 0)
    while done < byteCount {
      var words: [UInt16]
      let kind = generator.below(100)
      if kind < 16 && !recent.isEmpty {
        let source = recent[generator.below(recent.count)]
        words = source.words
        let replaced = kind == 0 ? 0 : max(1, words.count / 100)
        for _ in 0..<replaced {
          words[generator.below(words.count)] = vocabulary.drawRare(&generator)
        }
        pairs.append(PlantedPair(original: source.number, copy: number, isExact: kind == 0))
      } else {
        words = prose.words(byteCount: length(&generator), &generator)
        let entry = (number, words)
        if recent.count < 4096 {
          recent.append(entry)
        } else {
          recent[generator.below(recent.count)] = entry
        }
      }
      let text = prose.text(words)
      body(text)
      done += text.count
      number += 1
    }
    return pairs
  }

  private func length(_ generator: inout SplitMix64) -> Int {
    meanByteCount / 2 + generator.below(meanByteCount)
  }
}
