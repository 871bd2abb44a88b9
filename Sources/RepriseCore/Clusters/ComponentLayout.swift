/// One component with its documents numbered in keep order: which stands in which bucket.
struct ComponentLayout {
  /// The documents in keep order; everything else here speaks of positions in it.
  let documents: [UInt32]
  private let bucketStarts: [Int]
  private let bucketMembers: [UInt32]
  private let documentStarts: [Int]
  private let documentBuckets: [UInt32]

  init(_ documents: [UInt32], _ buckets: some Sequence<ArraySlice<UInt32>>) {
    self.documents = documents
    let order = documents.enumerated().map { (document: $1, position: UInt32($0)) }
      .sorted { $0.document < $1.document }
    func position(_ document: UInt32) -> UInt32 {
      var (low, high) = (0, order.count)
      while low < high {
        let middle = (low + high) / 2
        if order[middle].document < document { low = middle + 1 } else { high = middle }
      }
      return order[low].position
    }
    var (starts, members) = ([0], [UInt32]())
    for bucket in buckets {
      members.append(contentsOf: bucket.map(position).sorted())
      starts.append(members.count)
    }
    (bucketStarts, bucketMembers) = (starts, members)
    (documentStarts, documentBuckets) = Self.transpose(documents.count, starts, members)
  }

  private static func transpose(
    _ count: Int, _ bucketStarts: [Int], _ members: [UInt32]
  ) -> ([Int], [UInt32]) {
    var starts = [Int](repeating: 0, count: count + 1)
    for member in members { starts[Int(member) + 1] += 1 }
    for document in 0..<count { starts[document + 1] += starts[document] }
    var next = starts
    var buckets = [UInt32](repeating: 0, count: members.count)
    for bucket in 0..<bucketStarts.count - 1 {
      for place in bucketStarts[bucket]..<bucketStarts[bucket + 1] {
        let member = Int(members[place])
        buckets[next[member]] = UInt32(bucket)
        next[member] += 1
      }
    }
    return (starts, buckets)
  }

  var bucketCount: Int { bucketStarts.count - 1 }

  /// The members of a bucket in keep order.
  func members(of bucket: Int) -> ArraySlice<UInt32> {
    bucketMembers[bucketStarts[bucket]..<bucketStarts[bucket + 1]]
  }

  /// The buckets of a document.
  func buckets(of document: Int) -> ArraySlice<UInt32> {
    documentBuckets[documentStarts[document]..<documentStarts[document + 1]]
  }
}
