internal import RepriseCore
internal import RepriseCorpus

/// How much of the disk a run needs, about, before anything is read.
struct DiskEstimate: Sendable {
  /// The sketches.
  let signatures: Int
  /// The sketches and the temporary files that are made of them, in bytes.
  let scratch: Int
  /// The results.
  let results: Int

  /// What a document's descriptor and label take besides its keys, its b-bit signature and its
  /// fingerprints.
  private static let descriptorByteCount = 48 + 96
  /// What a line of the manifest takes, and its part of the other files.
  private static let lineByteCount = 330
  /// One of so many documents of a packed file is copied, to be read again, if the file is not kept
  /// whole.
  private static let copiedShare = 4
  /// How many bytes a packed file gives for each of its own.
  private static let unpacking = 4
  /// The size of a document of which nothing is known.
  private static let articleByteCount = 4096

  /// Estimates from the sizes of files, and from samples of those whose documents are lines.
  init(_ inputs: [InputFile], _ configuration: ScanConfiguration, _ scheme: Scheme) {
    var (textByteCount, documentCount, decodedByteCount) = (0, 0, 0)
    for input in inputs {
      let byteCount = Self.decodedByteCount(input)
      textByteCount += byteCount
      if input.compression != .none { decodedByteCount += byteCount }
      switch input.format {
      case .text where configuration.articles == nil: documentCount += 1
      case .text: documentCount += byteCount / Self.articleByteCount + 1
      case .jsonLines: documentCount += 1
      }
    }
    documentCount +=
      LineEstimate(
        inputs.filter { $0.format == .jsonLines }, decodedByteCount: Self.decodedByteCount
      ).lineCount
    var perDocument = Self.descriptorByteCount
    if configuration.find != .passages {
      perDocument += 8 * scheme.bands.bandCount
      perDocument +=
        8
        * configuration.bBitSignature.wordCount(
          slotCount: configuration.computedSlotCount(scheme))
      // Buckets and pairs.
      perDocument += 24
    }
    // A fingerprint of 20 bytes for about every 120 bytes of text.
    let fingerprints = configuration.find == .documents ? 0 : textByteCount / 6
    signatures = perDocument * documentCount + fingerprints
    let copied = max(
      decodedByteCount / Self.copiedShare, min(decodedByteCount, configuration.cachedByteCount))
    scratch = signatures + copied
    results = Self.lineByteCount * documentCount
  }

  private static func decodedByteCount(_ input: InputFile) -> Int {
    let factor = input.compression == .none ? 1 : unpacking
    let (byteCount, overflow) = Int(clamping: input.byteCount).multipliedReportingOverflow(
      by: factor)
    return overflow ? .max / (1 << 20) : byteCount
  }
}
