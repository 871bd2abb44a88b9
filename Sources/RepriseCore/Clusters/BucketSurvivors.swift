/// The survivors that stand in each bucket of a component, as lists in one array.
struct BucketSurvivors {
  /// Where an entry of a list is.
  typealias Place = UInt32

  private var heads: [(first: Place, count: UInt32)]
  private var entries: [(survivor: UInt32, next: Place)] = []

  private static let end = Place.max

  /// Empty buckets.
  init(bucketCount: Int) { heads = Array(repeating: (Self.end, 0), count: bucketCount) }

  /// Where the list of a bucket begins.
  func first(of bucket: UInt32) -> Place { heads[Int(bucket)].first }

  /// A survivor, and where the next one of its bucket is; nil behind the last.
  subscript(place: Place) -> (survivor: Int, next: Place)? {
    guard place != Self.end else { return nil }
    let entry = entries[Int(place)]
    return (Int(entry.survivor), entry.next)
  }

  /// Enters a survivor into a bucket unless as many are there as may be; false then.
  mutating func insert(_ survivor: Int, into bucket: UInt32, _ limit: Int) -> Bool {
    let (first, count) = heads[Int(bucket)]
    guard count < limit else { return false }
    heads[Int(bucket)] = (Place(entries.count), count + 1)
    entries.append((UInt32(survivor), first))
    return true
  }
}
