/// Reads the bytes between the quotes of a table's field, in which each quote is doubled.
enum CellText {
  /// Replaces doubled quotes by one.
  ///
  /// - Parameters:
  ///   - raw: the bytes between the quotes, which ``RowCells`` accepted.
  ///   - output: space for at least as many bytes as `raw` has, not overlapping it.
  /// - Returns: the number of bytes written.
  /// - Complexity: O(bytes).
  static func unescape(
    _ raw: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> Int {
    var (place, count) = (0, 0)
    // In bounds: no more is written than was read, and found places are at most the count.
    while place < raw.count {
      let quote = unsafe RowScanner.find(RowScanner.quote, in: raw, place..<raw.count)
      let end = min(quote + 1, raw.count)
      let part = unsafe UnsafeRawBufferPointer(rebasing: raw[place..<end])
      unsafe UnsafeMutableRawBufferPointer(rebasing: output[count...]).copyMemory(from: part)
      count += part.count
      place = quote + 2
    }
    return count
  }

  /// Converts an offset in the text to an offset in the raw bytes.
  ///
  /// - Parameters:
  ///   - textOffset: an offset in the text, at most its size.
  ///   - raw: the bytes between the quotes.
  /// - Returns: the offset in `raw`; that of the first of two quotes.
  /// - Complexity: O(result).
  static func rawOffset(
    ofTextOffset textOffset: Int, in raw: UnsafeRawBufferPointer
  ) -> Int {
    var (place, remaining) = (0, textOffset)
    while place < raw.count {
      let quote = unsafe RowScanner.find(RowScanner.quote, in: raw, place..<raw.count)
      if remaining <= quote - place { break }
      remaining -= quote - place + 1
      place = quote + 2
    }
    return min(place + remaining, raw.count)
  }
}
