internal import Reprise

/// Compares two texts.
struct CompareCall {
  private let comparison: Comparison

  init(
    _ options: UnsafePointer<CChar>?, _ first: UnsafeRawBufferPointer,
    _ second: UnsafeRawBufferPointer
  ) throws(CallError) {
    var fields = try OptionFields(options)
    let preset = MatchingOptions(preset: try fields.preset())
    let tokens = try fields.tokenRules(preset.tokens)
    let shingleLength = try fields.integer("ngram") ?? preset.shingleLength
    let slotCount = try fields.integer("slots") ?? preset.slotCount
    let minimumPassage = try fields.integer("min-passage") ?? preset.minimumPassage
    let minimumIdentity = try fields.number("min-identity") ?? preset.minimumIdentity
    try fields.finish()
    do throws(RepriseError) {
      comparison = try Comparison(
        first.bytes, second.bytes, shingleLength: shingleLength, slotCount: slotCount,
        minimumPassage: minimumPassage, minimumIdentity: minimumIdentity, tokens: tokens)
    } catch {
      throw CallError(error)
    }
  }

  /// The numbers and the passages as JSON.
  var report: String {
    let tree: JSONTree = [
      "jaccard": .double(comparison.similarity.jaccard),
      "intersection": .integer(comparison.similarity.intersection),
      "union": .integer(comparison.similarity.union),
      "estimate": .double(comparison.estimate),
      "same_text": .bool(comparison.haveSameText),
      "same_words": .bool(comparison.haveSameTokens),
      "first": tree(comparison.first),
      "second": tree(comparison.second),
      "passages": .array(comparison.passages.map(tree)),
    ]
    return tree.json
  }

  private func tree(_ side: Comparison.Side) -> JSONTree {
    [
      "words": .integer(side.tokenCount), "shingles": .integer(side.shingleCount),
      "contained": .double(side.containment),
    ]
  }

  private func tree(_ passage: SharedPassage) -> JSONTree {
    [
      "first": tree(passage.first), "second": tree(passage.second),
      "words": .integer(passage.words), "identity": .double(passage.identity),
      "parts": .array(
        passage.parts.map { part in
          ["equal": .bool(part.isEqual), "first": tree(part.first), "second": tree(part.second)]
        }),
    ]
  }

  private func tree(_ place: SharedPassage.Place) -> JSONTree {
    .array([.integer(place.bytes.lowerBound), .integer(place.bytes.upperBound)])
  }
}
