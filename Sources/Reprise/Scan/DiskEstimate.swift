internal import RepriseCore
internal import RepriseCorpus

/// A rough estimate of a run's disk space, made before anything is read.
struct DiskEstimate: Sendable {
  /// The bytes for the sketches and for temporary files.
  let scratch: Int
  /// The bytes for the results.
  let results: Int

  /// The bytes of a document's descriptor and label, without band keys, b-bit signature and
  /// fingerprints.
  private static let descriptorByteCount = 48 + 96
  /// The bytes of a document's manifest line, with its share of the other files.
  private static let lineByteCount = 330
  /// The reciprocal of the share of a compressed file that is copied to be read again, if the
  /// decoded file is not cached.
  private static let copiedShare = 4
  /// The assumed ratio of decoded to stored bytes of a compressed file.
  private static let unpacking = 4
  /// The assumed size of a document whose size is unknown, in bytes.
  private static let articleByteCount = 4096

  /// Estimates from the sizes of the files, and from the first lines of some of them.
  init(_ inputs: [InputFile], _ configuration: ScanConfiguration, _ scheme: Scheme) {
    var (textByteCount, documentCount, decodedByteCount) = (0, 0, 0)
    var lineByteCount: Int?
    for input in inputs {
      let factor = input.compression == .none ? 1 : Self.unpacking
      let byteCount = Int(clamping: input.byteCount) * factor
      textByteCount += byteCount
      if input.compression != .none { decodedByteCount += byteCount }
      switch input.format {
      case .text where configuration.articles == nil: documentCount += 1
      case .text: documentCount += byteCount / Self.articleByteCount + 1
      case .jsonLines:
        // The first file with a known line length is taken for all of them.
        lineByteCount = lineByteCount ?? input.meanLineByteCount
        documentCount += byteCount / (lineByteCount ?? Self.articleByteCount) + 1
      }
    }
    var perDocument = Self.descriptorByteCount
    if configuration.find != .passages {
      perDocument += 8 * scheme.bands.bandCount
      perDocument +=
        8
        * configuration.bBitSignature.wordCount(
          slotCount: configuration.computedSlotCount(scheme))
      // Buckets and verified pairs.
      perDocument += 24
    }
    // One fingerprint of 20 bytes per 120 bytes of text, approximately.
    let fingerprints = configuration.find == .documents ? 0 : textByteCount / 6
    let copied = max(
      decodedByteCount / Self.copiedShare, min(decodedByteCount, configuration.cachedByteCount))
    scratch = perDocument * documentCount + fingerprints + copied
    results = Self.lineByteCount * documentCount
  }
}
