/// Shingle sets within a budget of memory: what was not used for longest goes first, roughly
/// (second chance).
struct ShingleSetCache {
  private struct Entry {
    var set: ShingleSet
    var wasUsed: Bool
  }

  private let budget: Int
  private var entries: [UInt32: Entry] = [:]
  private var queue: [UInt32] = []
  private var head = 0
  private var byteCount = 0

  init(budget: Int) { self.budget = budget }

  subscript(document: UInt32) -> ShingleSet? {
    mutating get {
      guard let place = entries.index(forKey: document) else { return nil }
      entries.values[place].wasUsed = true
      return entries.values[place].set
    }
  }

  mutating func insert(_ set: ShingleSet, for document: UInt32) {
    while byteCount + set.byteCount > budget && head < queue.count { evict() }
    entries[document] = Entry(set: set, wasUsed: false)
    queue.append(document)
    byteCount += set.byteCount
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
      byteCount -= entries.values[place].set.byteCount
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
