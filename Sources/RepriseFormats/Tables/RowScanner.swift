import RepriseSystem

/// Finds the ends of a table's rows in its bytes, in pieces of any size.
///
/// A row ends at a line feed outside of quotes. A quote opens a field only where a field begins;
/// others are left to whoever reads the row. So a row with a wrong quote ends, at the latest, with
/// the line in which the next quote closes.
struct RowScanner {
  private let delimiter: UInt8
  private var state = State.fieldStart

  /// What comes before the next byte.
  private enum State {
    /// A delimiter, the end of a row, or the start of the table.
    case fieldStart
    /// A quoted field that is open.
    case quoted
    /// A quote in a quoted field, which closes it unless a second one follows.
    case closed
    /// Anything else outside of quotes.
    case plain
  }

  static let quote = UInt8(ascii: "\"")

  /// Creates a scanner that begins at the start of a row.
  init(delimiter: UInt8) { self.delimiter = delimiter }

  /// True if the last byte is inside of a quoted field.
  var isQuoted: Bool { state == .quoted }

  /// Takes all bytes from a place on, and returns the place after the last row that ends in them.
  ///
  /// - Complexity: O(bytes).
  mutating func lastRowEnd(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    var last: Int?
    var place = start
    while place < bytes.count {
      let (end, rowEnd) = unsafe step(bytes, from: place, knownQuote: -1, wantsLast: true)
      last = rowEnd ?? last
      place = end
    }
    return last
  }

  /// Takes the bytes up to the end of a row.
  ///
  /// - Parameters:
  ///   - bytes: the bytes.
  ///   - start: where to begin.
  ///   - quote: a place up to which there is no quote after `start`; -1 if it is unknown. It is set
  ///     for the next call with the same bytes.
  /// - Returns: the place after the row; nil if all bytes were taken.
  /// - Complexity: O(bytes that are taken), and once O(bytes up to the next quote).
  mutating func nextRowEnd(
    in bytes: UnsafeRawBufferPointer, from start: Int, quote: inout Int
  ) -> Int? {
    var place = start
    while place < bytes.count {
      if state != .quoted, quote < place {
        quote = unsafe Self.find(Self.quote, in: bytes, place..<bytes.count)
      }
      let (end, rowEnd) = unsafe step(bytes, from: place, knownQuote: quote, wantsLast: false)
      if let rowEnd {
        state = .fieldStart
        return rowEnd
      }
      place = end
    }
    return nil
  }

  /// Takes the bytes up to the next quote and with it, or to the end.
  ///
  /// - Returns: the place after them, and the place after the first or the last line feed among
  ///   those that are outside of quotes.
  @inline(__always)
  private mutating func step(
    _ bytes: UnsafeRawBufferPointer, from place: Int, knownQuote: Int, wantsLast: Bool
  ) -> (end: Int, rowEnd: Int?) {
    // In bounds: `place` is below the count, and a found place at most the count.
    if state == .quoted {
      let close = unsafe Self.find(Self.quote, in: bytes, place..<bytes.count)
      guard close < bytes.count else { return (close, nil) }
      state = .closed
      return (close + 1, nil)
    }
    if state == .closed, unsafe bytes[place] == Self.quote {
      state = .quoted
      return (place + 1, nil)
    }
    let quote =
      knownQuote >= place
      ? knownQuote : unsafe Self.find(Self.quote, in: bytes, place..<bytes.count)
    let rowEnd = unsafe Self.lineFeed(in: bytes, place..<quote, last: wantsLast).map { $0 + 1 }
    let isStart =
      quote > place ? unsafe isFieldStart(after: bytes[quote - 1]) : state == .fieldStart
    guard quote < bytes.count else {
      state = isStart ? .fieldStart : .plain
      return (quote, rowEnd)
    }
    state = isStart ? .quoted : .plain
    return (quote + 1, rowEnd)
  }

  private func isFieldStart(after byte: UInt8) -> Bool { byte == delimiter || byte == 0x0A }

  private static func lineFeed(
    in bytes: UnsafeRawBufferPointer, _ range: Range<Int>, last: Bool
  ) -> Int? {
    guard last else {
      let found = unsafe find(0x0A, in: bytes, range)
      return found < range.upperBound ? found : nil
    }
    return unsafe bytes[range].lastIndex(of: 0x0A)
  }

  /// Returns the first place of a byte in a range, or the range's end.
  static func find(
    _ byte: UInt8, in bytes: UnsafeRawBufferPointer, _ range: Range<Int>
  ) -> Int {
    guard let base = bytes.baseAddress else { return range.upperBound }
    // In bounds: the search is for the bytes of the range, which is one of `bytes`.
    let found = unsafe memchr(base + range.lowerBound, Int32(byte), range.count)
    return unsafe found.map { unsafe UnsafeRawPointer($0) - base } ?? range.upperBound
  }
}
