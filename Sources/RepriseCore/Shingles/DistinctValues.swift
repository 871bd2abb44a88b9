extension Array where Element: Comparable {
  /// Sorts the values, and keeps one of those that are equal.
  /// - Complexity: O(n log n).
  package mutating func sortDistinct() {
    sort()
    var count = 0
    for index in indices where count == 0 || self[count - 1] != self[index] {
      self[count] = self[index]
      count += 1
    }
    removeSubrange(count...)
  }
}
