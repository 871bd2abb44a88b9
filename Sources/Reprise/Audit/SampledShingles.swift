/// The shingles of sampled documents, and which of the documents have each.
struct SampledShingles: Sendable {
  /// The distinct shingles, ascending; a table by their top bits narrows the search.
  private let shingles: [UInt64]
  private let starts: [UInt32]
  /// The documents of all shingles, shingle by shingle.
  private let documents: [UInt32]
  private let firstPlaces: [UInt32]
  private let shift: UInt64

  /// Indexes documents.
  /// - Parameter sets: the distinct shingles of each document.
  /// - Complexity: O(n log n) for n shingles.
  init(_ sets: [[UInt64]]) {
    var pairs: [(shingle: UInt64, document: UInt32)] = []
    pairs.reserveCapacity(sets.reduce(0) { $0 + $1.count })
    for (document, set) in sets.enumerated() {
      for shingle in set { pairs.append((shingle, UInt32(document))) }
    }
    pairs.sort { ($0.shingle, $0.document) < ($1.shingle, $1.document) }
    var (shingles, starts): ([UInt64], [UInt32]) = ([], [])
    for (index, pair) in pairs.enumerated() where shingles.last != pair.shingle {
      shingles.append(pair.shingle)
      starts.append(UInt32(index))
    }
    starts.append(UInt32(pairs.count))
    documents = pairs.map { $0.document }
    let bits = max(1, Int.bitWidth - shingles.count.leadingZeroBitCount)
    shift = UInt64(64 - bits)
    var firstPlaces = [UInt32](repeating: 0, count: (1 << bits) + 1)
    var next = 0
    for (place, shingle) in shingles.enumerated() {
      let number = Int(shingle >> shift)
      while next <= number {
        firstPlaces[next] = UInt32(place)
        next += 1
      }
    }
    while next < firstPlaces.count {
      firstPlaces[next] = UInt32(shingles.count)
      next += 1
    }
    (self.shingles, self.starts, self.firstPlaces) = (shingles, starts, firstPlaces)
  }

  /// Calls `body` with each sampled document that has a shingle.
  func forEachDocument(with shingle: UInt64, _ body: (Int) -> Void) {
    let number = Int(shingle >> shift)
    var place = Int(firstPlaces[number])
    let end = Int(firstPlaces[number + 1])
    while place < end, shingles[place] < shingle { place += 1 }
    guard place < end, shingles[place] == shingle else { return }
    for index in Int(starts[place])..<Int(starts[place + 1]) { body(Int(documents[index])) }
  }
}
