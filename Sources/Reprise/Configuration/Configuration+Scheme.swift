internal import RepriseCore

extension ScanConfiguration {
  /// The scheme that the parameters ask for.
  /// - Throws: the parameter that is out of its range, and the range.
  func scheme() throws(RepriseError) -> Scheme {
    try validate()
    guard
      let bands = BandShape(threshold: threshold, recall: recall, slotCount: slotCount)
    else {
      throw .invalidParameter(
        "recall \(recall) at threshold \(threshold) needs more bands than \(slotCount) signature "
          + "slots hold: raise the threshold or the slots, or lower the recall")
    }
    return Scheme(
      shingleLength: shingleLength, signatureMethod: signatureMethod, slotCount: slotCount,
      bands: bands, folding: folding)
  }

  private func validate() throws(RepriseError) {
    guard paths.isEmpty != signatures.isEmpty else {
      throw .invalidParameter(
        paths.isEmpty
          ? "no path was given to scan" : "either paths are scanned or signatures, not both")
    }
    guard !(resumes && paths.contains("-")) else {
      throw .invalidParameter("standard input cannot be read again, so no run goes on from it")
    }
    guard !(resumes && !signatures.isEmpty) else {
      throw .invalidParameter("a scan of signatures has nothing to go on from")
    }
    guard memory ?? .max >= Self.leastMemory else {
      throw .invalidParameter(
        "\(memory ?? 0) bytes of memory are less than the least, \(Self.leastMemory >> 20) MiB")
    }
    guard threshold > 0 && threshold <= 1 else {
      throw .invalidParameter("threshold \(threshold) is not over 0 and at most 1")
    }
    guard recall > 0 && recall < 1 else {
      throw .invalidParameter("recall \(recall) is not over 0 and under 1")
    }
    guard (1...1000).contains(shingleLength) else {
      throw .invalidParameter("\(shingleLength) tokens in a shingle are not from 1 to 1000")
    }
    guard Signature.slotCounts.contains(slotCount) else {
      throw .invalidParameter("\(slotCount) signature slots are not 64, 128, 256, 512 or 1024")
    }
    guard PassageRules.minimumWordCounts.contains(minimumPassage) else {
      let range = PassageRules.minimumWordCounts
      throw .invalidParameter(
        "a passage of \(minimumPassage) words is not from \(range.lowerBound) to "
          + "\(range.upperBound)")
    }
    guard (1...TokenizedText.maximumByteCount).contains(maximumDocumentByteCount) else {
      throw .invalidParameter(
        "a document of at most \(maximumDocumentByteCount) bytes is not from 1 byte to 1 GiB")
    }
    guard (1...1024).contains(threads) else {
      throw .invalidParameter("\(threads) threads are not from 1 to 1024")
    }
  }

  /// The least memory that a run can be held to, in bytes.
  static let leastMemory = 64 << 20

  /// What counts as a passage.
  var passageRules: PassageRules { PassageRules(minimumWords: minimumPassage) }
}
