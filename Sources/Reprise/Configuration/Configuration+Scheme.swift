internal import RepriseCore

extension ScanConfiguration {
  /// Derives the scheme from the parameters.
  /// - Throws: an error that names the parameter that is out of range, and the range.
  func scheme() throws(RepriseError) -> Scheme {
    try validate()
    guard
      let bands = BandShape(threshold: threshold, recall: recall, slotCount: slotCount)
    else {
      throw .invalidParameter(
        "recall \(recall) at threshold \(threshold) needs more bands than fit in "
          + "\(slotCount) signature slots; raise the threshold or the slots, or lower the recall")
    }
    return Scheme(
      shingleLength: shingleLength, signatureMethod: signatureMethod, slotCount: slotCount,
      bands: bands, folding: folding)
  }

  private func validate() throws(RepriseError) {
    guard paths.isEmpty != signatures.isEmpty else {
      throw .invalidParameter(
        paths.isEmpty
          ? "no path was given" : "paths and signature files cannot be scanned together")
    }
    guard !(resumes && paths.contains("-")) else {
      throw .invalidParameter("a run that reads standard input cannot be resumed")
    }
    guard !(resumes && !signatures.isEmpty) else {
      throw .invalidParameter("a scan of signature files cannot be resumed")
    }
    guard memory ?? .max >= Self.leastMemory else {
      throw .invalidParameter(
        "the memory limit must be at least \(Self.leastMemory >> 20) MiB, not \(memory ?? 0) bytes")
    }
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
    guard PassageRules.minimumWordCounts.contains(minimumPassage) else {
      let range = PassageRules.minimumWordCounts
      throw .invalidParameter(
        "the minimum length of a passage must be \(range.lowerBound) to \(range.upperBound) words, "
          + "not \(minimumPassage)")
    }
    guard (1...TokenizedText.maximumByteCount).contains(maximumDocumentByteCount) else {
      throw .invalidParameter(
        "the document limit must be 1 byte to 1 GiB, not \(maximumDocumentByteCount) bytes")
    }
    guard (1...1024).contains(threads) else {
      throw .invalidParameter("the number of threads must be 1 to 1024, not \(threads)")
    }
  }

  /// The minimum memory limit in bytes.
  static let leastMemory = 64 << 20

  /// The rules that define a passage.
  var passageRules: PassageRules { PassageRules(minimumWords: minimumPassage) }
}
