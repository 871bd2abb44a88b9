/// Keeps the values with the lowest hashes: a sample without replacement that does not depend on how
/// many there are.
struct LowestHashes<Value> {
  private let limit: Int
  private var kept: [(hash: UInt64, value: Value)] = []
  private var bound = UInt64.max

  /// - Parameter limit: the number of values to keep.
  init(limit: Int) { self.limit = limit }

  /// The values, by ascending hash.
  var values: [Value] { kept.sorted { $0.hash < $1.hash }.prefix(limit).map { $0.value } }

  /// Offers a value.
  ///
  /// - Complexity: O(1) on average, O(log limit) while the sample fills.
  mutating func insert(_ value: Value, _ hash: UInt64) {
    guard limit > 0, hash <= bound else { return }
    kept.append((hash, value))
    guard kept.count >= 2 * limit else { return }
    kept.sort { $0.hash < $1.hash }
    kept.removeSubrange(limit...)
    bound = kept[limit - 1].hash
  }
}
