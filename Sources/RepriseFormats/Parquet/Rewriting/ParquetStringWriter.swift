/// Writes strings in the encoding in which they were read.
struct ParquetStringWriter {
  /// The number of the encoding: PLAIN, lengths, or prefixes.
  let encoding: Int
  private var bytes: [UInt8] = []
  private var lengths: [Int64] = []
  private var prefixes: [Int64] = []
  private var previous: [UInt8] = []

  /// The most bytes of a page.
  static let limit = Int(Int32.max)

  /// Creates a writer in the encoding of number 0, 6 or 7.
  init(encoding: Int) { self.encoding = encoding }

  /// Appends a string without some ranges of it.
  ///
  /// - Throws: a fault if a range is not within the string, or the page is too large.
  mutating func append(
    _ value: UnsafeRawBufferPointer, without cuts: [Range<Int>]
  ) throws(ParquetFault) {
    guard cuts.isEmpty else {
      var rest: [UInt8] = []
      var end = 0
      for cut in cuts {
        guard cut.lowerBound >= end, cut.upperBound <= value.count else {
          throw .damaged("a cut is not within its text")
        }
        unsafe rest.append(contentsOf: value[end..<cut.lowerBound])
        end = cut.upperBound
      }
      unsafe rest.append(contentsOf: value[end...])
      return try unsafe rest.span.withUnsafeBytes { rest throws(ParquetFault) in
        unsafe try append(rest, without: [])
      }
    }
    guard bytes.count + value.count + 4 <= Self.limit else {
      throw .refused("a page would have more than 2 GiB")
    }
    switch encoding {
    case 6: lengths.append(Int64(value.count))
    case 7:
      var count = 0
      while count < min(previous.count, value.count), unsafe previous[count] == value[count] {
        count += 1
      }
      prefixes.append(Int64(count))
      lengths.append(Int64(value.count - count))
      previous.removeLast(previous.count - count)
      unsafe previous.append(contentsOf: value[count...])
      unsafe bytes.append(contentsOf: value[count...])
      return
    default: bytes.append(size: value.count)
    }
    unsafe bytes.append(contentsOf: value)
  }

  /// Returns the values of the page.
  func finish() -> [UInt8] {
    var page: [UInt8] = []
    if encoding == 7 { ParquetDeltas.write(prefixes, isNarrow: true, to: &page) }
    if encoding != 0 { ParquetDeltas.write(lengths, isNarrow: true, to: &page) }
    return page + bytes
  }
}
