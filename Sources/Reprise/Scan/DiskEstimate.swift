internal import RepriseCore
internal import RepriseFormats

/// A rough estimate of a run's disk space, made before anything is read.
struct DiskEstimate: Sendable {
  /// The sketches.
  let signatures: Int
  /// The sketches and the temporary files that are made of them, in bytes.
  let scratch: Int
  /// The bytes for the results.
  let results: Int

  /// The bytes of a document's descriptor and label, without band keys, b-bit signature and
  /// fingerprints.
  private static let descriptorByteCount = 56 + 96
  /// The bytes of a document's manifest line, with its share of the other files.
  private static let lineByteCount = 400
  /// The reciprocal of the share of a compressed file that is copied to be read again, if the
  /// decoded file is not cached.
  private static let copiedShare = 4
  /// The assumed ratio of decoded to stored bytes of a compressed file.
  private static let unpacking = 4
  /// The assumed size of a document whose size is unknown, in bytes.
  private static let articleByteCount = 4096

  /// Estimates from the sizes of files, and from samples of those whose documents are lines.
  init(_ inputs: [InputFile], _ options: CheckedOptions) {
    var (textByteCount, documentCount, decodedByteCount) = (0, 0, 0)
    for input in inputs {
      let byteCount = Self.decodedByteCount(input)
      textByteCount += byteCount
      if input.compression != .none || input.format == .parquet { decodedByteCount += byteCount }
      switch input.format {
      case .text where options.input.articles == nil: documentCount += 1
      case .text: documentCount += byteCount / Self.articleByteCount + 1
      case .jsonLines, .csv, .tsv: documentCount += 1
      case .jsonArray, .parquet: documentCount += byteCount / Self.articleByteCount + 1
      }
    }
    documentCount +=
      LineEstimate(
        inputs.filter { $0.format == .jsonLines || $0.format.isTable },
        decodedByteCount: Self.decodedByteCount
      ).lineCount
    var perDocument = Self.descriptorByteCount
    if options.matching.find != .passages {
      perDocument += 8 * options.matching.scheme.bands.bandCount
      perDocument += 8 * options.matching.bBitWordCount
      // Buckets and verified pairs.
      perDocument += 24
    }
    // One fingerprint of 20 bytes per 120 bytes of text, approximately.
    let fingerprints = options.matching.find == .documents ? 0 : textByteCount / 6
    signatures = perDocument * documentCount + fingerprints
    let copied = max(
      decodedByteCount / Self.copiedShare, min(decodedByteCount, options.cachedByteCount))
    scratch = signatures + copied
    results = Self.lineByteCount * documentCount
  }

  private static func decodedByteCount(_ input: InputFile) -> Int {
    let isPlain = input.compression == .none && input.format != .parquet
    let factor = isPlain ? 1 : unpacking
    let (byteCount, overflow) = Int(clamping: input.readByteCount).multipliedReportingOverflow(
      by: factor)
    return overflow ? .max / (1 << 20) : byteCount
  }
}
