/// The keys of one range, ordered by part, within a part as they came, each with its document.
///
/// Keys are given twice: first they are counted, then placed.
struct KeyPartition: ~Copyable {
  private let range: KeyRanges.Range
  private var starts: [Int]
  private var next: [Int] = []
  private(set) var keys: [UInt64] = []
  private(set) var documents: [UInt32] = []

  init(_ range: KeyRanges.Range) {
    self.range = range
    starts = Array(repeating: 0, count: range.parts.count + 1)
  }

  var count: Int { starts.count - 1 }

  func range(_ part: Int) -> Range<Int> { starts[part]..<starts[part + 1] }

  /// Counts a key if it belongs to the range.
  @inline(__always)
  mutating func count(_ key: UInt64) {
    let part = Int(key >> range.shift) - range.parts.lowerBound
    if part >= 0 && part < range.parts.count { starts[part + 1] += 1 }
  }

  mutating func endCounting() {
    for part in 1..<starts.count { starts[part] += starts[part - 1] }
    next = starts
    keys = Array(repeating: 0, count: starts[count])
    documents = Array(repeating: 0, count: starts[count])
  }

  /// Places a key if it belongs to the range.
  @inline(__always)
  mutating func place(_ key: UInt64, _ document: UInt32) {
    let part = Int(key >> range.shift) - range.parts.lowerBound
    guard part >= 0 && part < range.parts.count else { return }
    keys[next[part]] = key
    documents[next[part]] = document
    next[part] += 1
  }
}
