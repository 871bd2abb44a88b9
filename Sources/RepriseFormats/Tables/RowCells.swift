/// The fields of one row of a table, by RFC 4180.
enum RowCells {
  /// The rule that a row breaks.
  struct Fault: Error, Equatable {
    enum Rule: Equatable {
      /// A field that does not begin with a quote has one.
      case quoteInside
      /// A field has more after its closing quote.
      case afterQuote
      /// A quote is never closed.
      case openQuote
      /// A carriage return outside of quotes is not part of a line end.
      case carriageReturn
    }

    var rule: Rule
    /// The number of the field, from 1.
    var field: Int
    /// The place in the row.
    var offset: Int
  }

  /// Finds the fields.
  ///
  /// - Parameters:
  ///   - row: the row without its line end.
  ///   - delimiter: the byte between two fields.
  ///   - cells: receives a string for each field: its bytes without quotes around it. It has escapes
  ///     if it has doubled quotes.
  /// - Throws: the first rule that the row breaks.
  /// - Complexity: O(bytes).
  static func find(
    in row: UnsafeRawBufferPointer, delimiter: UInt8, into cells: inout [JSONValue]
  ) throws(Fault) {
    cells.removeAll(keepingCapacity: true)
    var place = 0
    // The first quote and carriage return that are not before `place`, once they were looked for.
    var (quote, carriageReturn) = (-1, -1)
    // In bounds: `place` is at most the count, and found places as well.
    while true {
      if quote < place {
        quote = unsafe RowScanner.find(RowScanner.quote, in: row, place..<row.count)
      }
      if quote == place, place < row.count {
        let (cell, end) = unsafe try quoted(in: row, at: place, field: cells.count + 1)
        cells.append(cell)
        guard end < row.count else { return }
        guard unsafe row[end] == delimiter else {
          throw Fault(rule: .afterQuote, field: cells.count, offset: end)
        }
        place = end + 1
        continue
      }
      let end = unsafe RowScanner.find(delimiter, in: row, place..<row.count)
      if carriageReturn < place {
        carriageReturn = unsafe RowScanner.find(0x0D, in: row, place..<row.count)
      }
      let field = cells.count + 1
      if quote < end { throw Fault(rule: .quoteInside, field: field, offset: quote) }
      if carriageReturn < end {
        throw Fault(rule: .carriageReturn, field: field, offset: carriageReturn)
      }
      cells.append(JSONValue(kind: .string, offset: place, length: end - place))
      guard end < row.count else { return }
      place = end + 1
    }
  }

  /// Reads the quoted field that begins at a place; returns it, and the place after its last quote.
  private static func quoted(
    in row: UnsafeRawBufferPointer, at start: Int, field: Int
  ) throws(Fault) -> (JSONValue, Int) {
    var (place, hasEscapes) = (start + 1, false)
    while true {
      let quote = unsafe RowScanner.find(RowScanner.quote, in: row, place..<row.count)
      guard quote < row.count else { throw Fault(rule: .openQuote, field: field, offset: start) }
      // In bounds: by the comparison with the count.
      guard quote + 1 < row.count, unsafe row[quote + 1] == RowScanner.quote else {
        let cell = JSONValue(
          kind: .string, offset: start + 1, length: quote - start - 1, hasEscapes: hasEscapes)
        return (cell, quote + 1)
      }
      (place, hasEscapes) = (quote + 2, true)
    }
  }
}

extension RowCells.Fault: CustomStringConvertible {
  /// A whole sentence.
  var description: String {
    switch rule {
    case .quoteInside: "Field \(field) has a quote inside, but does not begin with one."
    case .afterQuote: "Field \(field) has more after its closing quote."
    case .openQuote: "The quote with which field \(field) begins is never closed."
    case .carriageReturn:
      "Field \(field) has a carriage return that is neither in quotes nor part of a line end."
    }
  }
}
