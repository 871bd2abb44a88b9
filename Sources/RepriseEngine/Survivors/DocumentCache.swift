internal import RepriseCore

/// A cache of values read from documents, limited to a memory budget.
///
/// When the budget is exceeded, it evicts values that were not used recently (second chance). The
/// latest value always stays, even if it alone exceeds the budget.
struct DocumentCache<Value: MemorySized> {
  fileprivate struct Entry {
    var value: Value
    var wasUsed: Bool
  }

  private let budget: Int
  private var entries: [UInt32: Entry] = [:]
  private var queue: [UInt32] = []
  private var head = 0
  private var byteCount = 0

  init(budget: Int) { self.budget = budget }

  subscript(document: UInt32) -> Value? {
    mutating get {
      guard let place = entries.index(forKey: document) else { return nil }
      entries.values[place].wasUsed = true
      return entries.values[place].value
    }
  }

  /// Marks a document as used, and returns the place of its value, which is valid until the next
  /// change; nil if the cache does not have it.
  mutating func place(of document: UInt32) -> Place? {
    guard let place = entries.index(forKey: document) else { return nil }
    entries.values[place].wasUsed = true
    return Place(index: place)
  }

  /// Calls `body` with a value where it is.
  ///
  /// Copying the value would count a reference, a write to memory that is in no processor's cache
  /// if there are many documents.
  func withValue<Result>(at place: Place, _ body: (borrowing Value) -> Result) -> Result {
    body(entries.values[place.index].value)
  }

  /// Where a value is, until the cache changes.
  struct Place {
    fileprivate let index: Dictionary<UInt32, Entry>.Index
  }

  mutating func insert(_ value: Value, for document: UInt32) {
    while byteCount + value.byteCount > budget && head < queue.count { evict() }
    entries[document] = Entry(value: value, wasUsed: false)
    queue.append(document)
    byteCount += value.byteCount
    if head > 1024 && head > queue.count / 2 {
      queue.removeFirst(head)
      head = 0
    }
  }

  private mutating func evict() {
    let document = queue[head]
    head += 1
    guard let place = entries.index(forKey: document) else { return }
    if entries.values[place].wasUsed {
      entries.values[place].wasUsed = false
      queue.append(document)
    } else {
      byteCount -= entries.values[place].value.byteCount
      entries.remove(at: place)
    }
  }

  mutating func removeAll() {
    entries.removeAll(keepingCapacity: entries.count < 1024)
    queue.removeAll(keepingCapacity: queue.count < 1024)
    head = 0
    byteCount = 0
  }
}

/// A value that can tell how much memory it takes.
protocol MemorySized {
  /// The memory that the value takes, in bytes.
  var byteCount: Int { get }
}

extension PassageText: MemorySized {}
