internal import RepriseFormats

/// How many lines the JSON Lines inputs have, about, from samples that are spread over all of them.
///
/// Samples are as far apart as makes a fixed number over all bytes, so the inputs count by their
/// sizes: neither one short file nor the first one speaks for the others.
struct LineEstimate {
  private(set) var lineCount = 0

  private static let sampleCount = 64
  /// Of a sample without a line end.
  private static let longLineByteCount = 64 << 10

  /// Reads the samples.
  ///
  /// - Parameters:
  ///   - inputs: JSON Lines inputs.
  ///   - decodedByteCount: the bytes that an input has once it is decoded.
  init(_ inputs: [InputFile], decodedByteCount: (InputFile) -> Int) {
    let total = inputs.reduce(0) { $0 + decodedByteCount($1) }
    guard total > 0 else { return }
    // Samples of a small corpus do not overlap.
    let distance = max(Self.longLineByteCount, total / Self.sampleCount)
    // Each sample is in the middle of the bytes that it represents.
    var (start, next) = (0, min(distance, total) / 2)
    var (sampled, lines) = (0.0, 0.0)
    for source in inputs {
      let byteCount = decodedByteCount(source)
      while next < start + byteCount {
        if let density = Self.density(of: source, at: next - start, byteCount: byteCount) {
          sampled += 1
          lines += density
        }
        next += distance
      }
      start += byteCount
    }
    let density = sampled > 0 ? lines / sampled : 1 / Double(Self.longLineByteCount)
    lineCount = Int(density * Double(total))
  }

  /// Returns the number of lines per byte around an offset of the decoded input.
  private static func density(of source: InputFile, at place: Int, byteCount: Int) -> Double? {
    // Near the end there would be too little to read.
    let offset = max(0, min(place, byteCount - longLineByteCount))
    guard let sample = source.lineSample(at: UInt64(offset)), sample.byteCount > 0 else {
      return nil
    }
    return Double(sample.lineFeedCount) / Double(sample.byteCount)
  }
}
