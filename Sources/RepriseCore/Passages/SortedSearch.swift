extension RandomAccessCollection {
  /// The first index whose element meets a condition that all elements after it meet, too; the end
  /// index if there is none.
  /// - Complexity: O(log n).
  func partitionPoint(_ isAfter: (Element) -> Bool) -> Index {
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
