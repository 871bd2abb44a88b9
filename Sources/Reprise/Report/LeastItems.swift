/// The items with the least keys of all that are offered.
///
/// With hashes as keys, they are a random sample that is the same in each run.
struct LeastItems<Item> {
  private typealias Entry = (key: UInt64, order: Int, item: Item)

  /// The number of items that were offered.
  private(set) var total = 0
  private let limit: Int
  // A heap with the largest key first.
  private var heap: [Entry] = []

  init(_ limit: Int) { self.limit = limit }

  /// Offers an item, which is made only if it is taken.
  ///
  /// - Complexity: O(log limit).
  mutating func offer(_ key: UInt64, _ item: @autoclosure () -> Item) {
    defer { total += 1 }
    if heap.count < limit {
      heap.append((key, total, item()))
      var index = heap.count - 1
      while index > 0, Self.isLess(heap[(index - 1) / 2], heap[index]) {
        heap.swapAt(index, (index - 1) / 2)
        index = (index - 1) / 2
      }
    } else if let largest = heap.first, key < largest.key {
      heap[0] = (key, total, item())
      sink()
    }
  }

  private mutating func sink() {
    var index = 0
    while true {
      let children = [2 * index + 1, 2 * index + 2].filter { $0 < heap.count }
      guard let larger = children.max(by: { Self.isLess(heap[$0], heap[$1]) }),
        Self.isLess(heap[index], heap[larger])
      else { return }
      heap.swapAt(index, larger)
      index = larger
    }
  }

  /// The items by ascending key, and by the order of offers where keys are equal.
  var items: [Item] { heap.sorted(by: Self.isLess).map(\.item) }

  private static func isLess(_ one: Entry, _ other: Entry) -> Bool {
    (one.key, one.order) < (other.key, other.order)
  }
}
