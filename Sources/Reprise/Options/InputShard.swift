internal import RepriseFormats

/// One of the parts into which the input files of a corpus are divided, to be signed one by one.
///
/// Each part has files, or parts of large files, that follow one another, and about as many bytes as
/// the others. The parts depend on the order and the sizes of the files alone, so all machines divide
/// them alike.
public struct InputShard: Hashable, Sendable {
  /// The number of the part: 1 to ``count``.
  public let number: Int
  /// The number of parts: at least 1.
  public let count: Int

  /// Names a part; nil if its number or the number of parts is out of range.
  public init?(_ number: Int, of count: Int) {
    guard count >= 1, count <= Self.limit, number >= 1, number <= count else { return nil }
    (self.number, self.count) = (number, count)
  }

  /// The largest number of parts.
  package static let limit = 1 << 20

  /// Keeps the files of the part: of those that can be read in pieces the bytes that lie in it, and of
  /// the others those whose middle does.
  ///
  /// What was found besides files belongs to the first part.
  /// - Parameters:
  ///   - found: all files.
  ///   - pieceByteCount: the size of a piece; smaller files are not divided.
  func select(from found: inout DiscoveredFiles, pieceByteCount: Int) {
    let total = found.inputs.reduce(UInt128(0)) { $0 + UInt128(Self.size(of: $1)) }
    func bound(_ number: Int) -> UInt64 { UInt64(total * UInt128(number) / UInt128(count)) }
    let own = bound(number - 1)..<bound(number)
    var start: UInt64 = 0
    let inputs = found.inputs.compactMap { input -> InputFile? in
      let size = Self.size(of: input)
      defer { start += size }
      guard input.canBeDivided, input.byteCount > UInt64(pieceByteCount) else {
        return own.contains(start + size / 2) ? input : nil
      }
      let shared = own.clamped(to: start..<start + size)
      guard !shared.isEmpty else { return nil }
      var input = input
      let part = shared.lowerBound - start..<shared.upperBound - start
      if part != 0..<size { input.part = part }
      return input
    }
    if number > 1 { found = DiscoveredFiles() }
    found.inputs = inputs
  }

  /// An empty file has a part, too.
  private static func size(of input: InputFile) -> UInt64 { max(1, input.byteCount) }
}

extension InputFile {
  /// Whether pieces of the file can be read on their own; some of these files are still read as a
  /// whole, which their content decides.
  fileprivate var canBeDivided: Bool { !isPipe && compression == .none }
}
