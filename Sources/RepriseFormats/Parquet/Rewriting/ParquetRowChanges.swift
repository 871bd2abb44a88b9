/// What becomes of the rows of one row group.
struct ParquetRowChanges {
  /// A row whose text is cut.
  struct Trim {
    /// The row in the row group.
    let row: Int
    /// The ranges of the text that are removed, ascending.
    let cuts: [Range<Int>]
  }

  /// The number of rows of the row group.
  let rowCount: Int
  /// The rows that are removed, ascending.
  var removed: [Range<Int>] = []
  /// The rows whose text is cut, ascending.
  var trims: [Trim] = []

  /// The number of rows that are left.
  var keptRowCount: Int { removed.reduce(rowCount) { $0 - $1.count } }

  /// Whether some of these rows are removed.
  ///
  /// - Complexity: O(log ranges).
  func removesAny(of rows: Range<Int>) -> Bool {
    !rows.isEmpty && removedRange(after: rows.lowerBound).lowerBound < rows.upperBound
  }

  /// Whether all of these rows are removed by one range, or by adjacent ones.
  func removesAll(of rows: Range<Int>) -> Bool {
    var row = rows.lowerBound
    while row < rows.upperBound {
      let range = removedRange(after: row)
      guard range.lowerBound <= row else { return false }
      row = range.upperBound
    }
    return true
  }

  /// Returns the first range of removed rows that ends after a row; an empty one after all rows if
  /// there is none.
  ///
  /// - Complexity: O(log ranges).
  func removedRange(after row: Int) -> Range<Int> {
    let place = removed.firstPlace { $0.upperBound > row }
    return place < removed.count ? removed[place] : .max ..< .max
  }
}

/// The values of one column that are cut in one row group.
struct ParquetValueTrims {
  /// A value that is cut.
  struct Trim {
    /// The row in the row group.
    let row: Int
    /// The number of values of the row before it that are not null.
    let ordinal: Int
    /// The ranges of the value that are removed, ascending.
    let cuts: [Range<Int>]
  }

  /// The values in the order of the rows.
  var trims: [Trim] = []

  /// Whether a value of these rows is cut.
  ///
  /// - Complexity: O(log values).
  func touches(_ rows: Range<Int>) -> Bool {
    let place = place(ofRow: rows.lowerBound)
    return place < trims.count && trims[place].row < rows.upperBound
  }

  /// Returns the place of the first value of a row or of the rows after it.
  func place(ofRow row: Int) -> Int { trims.firstPlace { $0.row >= row } }
}

extension Array {
  /// Returns the place of the first element with a property that all later ones have, too.
  ///
  /// - Complexity: O(log elements).
  fileprivate func firstPlace(_ isAfter: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
