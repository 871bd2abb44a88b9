internal import RepriseFormats

/// One of the parts into which the input files of a corpus are divided, to be signed one by one.
///
/// Each part has files that follow one another, and about as many bytes as the others. The parts depend
/// on the order and the sizes of the files alone, so all machines divide them alike.
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

  /// Keeps the files of the part: those whose middle lies in it.
  ///
  /// What was found besides files belongs to the first part.
  func select(from found: inout DiscoveredFiles) {
    let total = found.inputs.reduce(0) { $0 + Self.size(of: $1) }
    var start = 0.0
    let inputs = found.inputs.filter { input in
      let size = Self.size(of: input)
      defer { start += size }
      let place = Int((start + size / 2) / total * Double(count))
      return min(place, count - 1) == number - 1
    }
    if number > 1 { found = DiscoveredFiles() }
    found.inputs = inputs
  }

  /// An empty file has a part, too.
  private static func size(of input: InputFile) -> Double { Double(max(1, input.byteCount)) }
}
