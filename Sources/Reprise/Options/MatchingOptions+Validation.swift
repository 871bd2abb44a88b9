internal import RepriseCore
internal import RepriseEngine

extension MatchingOptions {
  /// Checks the options and derives the scheme.
  ///
  /// - Returns: the parameters.
  /// - Throws: an error that names the parameter that is out of range, and the range.
  package func validated() throws(RepriseError) -> MatchingParameters {
    try checkRanges()
    guard let bands = BandShape(threshold: threshold, recall: recall, slotCount: slotCount) else {
      throw .invalidParameter(
        "recall \(recall) at threshold \(threshold) needs more bands than fit in "
          + "\(slotCount) signature slots; raise the threshold or the slots, or lower the recall")
    }
    return MatchingParameters(
      scheme: Scheme(
        shingleLength: shingleLength, signatureMethod: signatureMethod, slotCount: slotCount,
        bands: bands, tokens: tokens),
      find: find, threshold: threshold, recall: recall, verification: verification, keep: keep,
      passageRules: PassageRules(
        minimumWords: minimumPassage, minimumIdentity: minimumIdentity,
        documentLimit: boilerplateLimit, cuts: cuts))
  }

  private func checkRanges() throws(RepriseError) {
    guard threshold > 0 && threshold <= 1 else {
      throw .invalidParameter("the threshold must be above 0 and at most 1, not \(threshold)")
    }
    guard recall > 0 && recall < 1 else {
      throw .invalidParameter("the recall must be above 0 and below 1, not \(recall)")
    }
    guard (1...1000).contains(shingleLength) else {
      throw .invalidParameter("a shingle must have 1 to 1000 tokens, not \(shingleLength)")
    }
    guard Signature.slotCounts.contains(slotCount) else {
      throw .invalidParameter(
        "a signature must have 64, 128, 256, 512 or 1024 slots, not \(slotCount)")
    }
    guard keep.keys.count <= KeepPolicy.maximumKeyCount else {
      throw .invalidParameter(
        "the keep order can have \(KeepPolicy.maximumKeyCount) keys, not \(keep.keys.count)")
    }
    let range = PassageRules.minimumWordCounts
    guard range.contains(minimumPassage) else {
      throw .invalidParameter(
        "the minimum length of a passage must be \(range.lowerBound) to \(range.upperBound) words, "
          + "not \(minimumPassage)")
    }
    guard PassageRules.minimumIdentities.contains(minimumIdentity) else {
      throw .invalidParameter(
        "the minimum identity of a passage must be 0.5 to 1, not \(minimumIdentity)")
    }
    guard boilerplateLimit >= 2 else {
      throw .invalidParameter(
        "the number of documents that may share a passage must be at least 2, not "
          + "\(boilerplateLimit)")
    }
    guard (0...1).contains(cuts.contained) else {
      throw .invalidParameter(
        "the share of a contained document must be 0 to 1, not \(cuts.contained)")
    }
    guard cuts.minimumLeft >= 0 else {
      throw .invalidParameter(
        "the number of words that must be left cannot be negative: \(cuts.minimumLeft)")
    }
  }
}
