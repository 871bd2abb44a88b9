internal import CReprise

/// The rows of one column in one batch.
struct ArrowPiece {
  /// The number of rows.
  let count: Int
  /// How the values are stored.
  let layout: ArrowLayout
  private let validity: ArrowValidity?
  private let parentValidity: ArrowValidity?

  /// Checks an array, so that all rows can be read.
  ///
  /// - Parameters:
  ///   - schema: the type of the array.
  ///   - array: the array.
  ///   - rows: the rows of the array that belong to the column.
  ///   - parentValidity: the bits of the table, which hide rows.
  ///   - title: the name of the column in messages.
  /// - Throws: an error that names the column, the row and the broken rule.
  init(
    _ schema: ArrowSchema, _ array: ArrowArray, rows: Range<Int>,
    hiddenBy parentValidity: ArrowValidity?, _ title: String
  ) throws(CallError) {
    guard array.length >= 0, array.offset >= 0, array.offset <= Int64(1) << 46,
      array.length <= Int64(1) << 46
    else {
      throw .data(
        "\(title.capitalizedStart) has the length \(array.length) and the offset \(array.offset), "
          + "which is impossible.")
    }
    guard rows.upperBound <= Int(array.length) else {
      throw .data(
        "\(title.capitalizedStart) has \(array.length) values, and its batch has "
          + "\(rows.upperBound) rows.")
    }
    guard array.null_count >= -1, array.null_count <= array.length else {
      throw .data(
        "\(title.capitalizedStart) has \(array.null_count) nulls in \(array.length) values, which "
          + "is impossible.")
    }
    guard array.n_buffers <= 0 || array.buffers != nil else {
      throw .data("\(title.capitalizedStart) has no buffers.")
    }
    count = rows.count
    self.parentValidity = parentValidity
    let start = Int(array.offset) + rows.lowerBound
    layout = try ArrowLayout(schema, array, rows: start..<start + rows.count, title)
    validity =
      layout.isNull ? nil : try ArrowValidity(array, start: start, title)
    try layout.check(count: count, title) { hasValue($0) }
  }

  private func hasValue(_ row: Int) -> Bool {
    (validity?[row] ?? true) && (parentValidity?[row] ?? true)
  }

  /// Returns a row's bytes; nil for a row without a value.
  func bytes(_ row: Int) -> UnsafeRawBufferPointer? { hasValue(row) ? layout.bytes(row) : nil }

  /// Returns a row's integer; nil for a row without a value.
  func integer(_ row: Int) -> Int64? { hasValue(row) ? layout.integer(row) : nil }

  /// Returns a row's value as text; nil for a row without a value.
  func text(_ row: Int) -> String? { hasValue(row) ? layout.text(row) : nil }
}

/// A column: the rows of all batches, one after another.
struct ArrowColumn {
  let pieces: [ArrowPiece]
  private let starts: [Int]
  /// The number of rows.
  let count: Int

  init(_ pieces: [ArrowPiece]) {
    self.pieces = pieces
    var (starts, count) = ([Int](), 0)
    for piece in pieces {
      starts.append(count)
      count += piece.count
    }
    (self.starts, self.count) = (starts, count)
  }

  /// Calls `body` with the piece that has a row, and the row's index in it.
  ///
  /// - Complexity: O(log pieces).
  func find<Value>(_ row: Int, _ body: (borrowing ArrowPiece, Int) -> Value) -> Value {
    var (low, high) = (0, starts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= row { low = middle } else { high = middle }
    }
    // Empty pieces have the start of the next one, and the search ends at the last.
    return body(pieces[low], row - starts[low])
  }

  /// True if the values are text.
  var isText: Bool { pieces.allSatisfy { $0.layout.isText } }

  /// True if the values are integers that fit in 64 bits with a sign.
  var isInteger: Bool { !pieces.isEmpty && pieces.allSatisfy { $0.layout.isInteger } }
}
