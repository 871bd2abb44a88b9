/// The survivors in each bucket of a component, as linked lists in one array.
struct BucketSurvivors {
  /// The index of a list entry.
  typealias Place = UInt32

  private var heads: [(first: Place, count: UInt32)]
  private var entries: [(survivor: UInt32, next: Place)] = []

  private static let end = Place.max

  /// Creates lists for empty buckets.
  init(bucketCount: Int) { heads = Array(repeating: (Self.end, 0), count: bucketCount) }

  /// The index of the first entry in the list of a bucket.
  func first(of bucket: UInt32) -> Place { heads[Int(bucket)].first }

  /// The survivor of an entry, and the index of the next entry of its bucket; nil after the last.
  subscript(place: Place) -> (survivor: Int, next: Place)? {
    guard place != Self.end else { return nil }
    let entry = entries[Int(place)]
    return (Int(entry.survivor), entry.next)
  }

  /// Adds a survivor to a bucket; returns false if the bucket already has `limit` survivors.
  mutating func insert(_ survivor: Int, into bucket: UInt32, _ limit: Int) -> Bool {
    let (first, count) = heads[Int(bucket)]
    guard count < limit else { return false }
    heads[Int(bucket)] = (Place(entries.count), count + 1)
    entries.append((UInt32(survivor), first))
    return true
  }
}
