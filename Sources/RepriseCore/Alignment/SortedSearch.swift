extension RandomAccessCollection {
  /// The first index whose element satisfies a condition that all later elements satisfy, too; the
  /// end index if there is none.
  ///
  /// It is found by bisection.
  ///
  /// - Complexity: O(log n).
  @inlinable
  package func partitionPoint(_ isAfter: (Element) -> Bool) -> Index {
    var (low, count) = (startIndex, count)
    while count > 0 {
      let middle = index(low, offsetBy: count / 2)
      if isAfter(self[middle]) {
        count /= 2
      } else {
        low = index(after: middle)
        count -= count / 2 + 1
      }
    }
    return low
  }
}
