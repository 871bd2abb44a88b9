/// The buckets of one component, with its documents numbered in keep order.
struct ComponentLayout {
  /// The documents in keep order.
  ///
  /// Everything else here identifies documents by their positions in this array.
  let documents: [UInt32]
  private let bucketStarts: [Int]
  private let bucketMembers: [UInt32]
  private let documentStarts: [Int]
  private let documentBuckets: [UInt32]

  init(_ documents: [UInt32], _ buckets: some Sequence<ArraySlice<UInt32>>) {
    self.documents = documents
    let positions = Positions(documents)
    var (starts, members) = ([0], [UInt32]())
    for bucket in buckets {
      for document in bucket { members.append(positions.of(document)) }
      // Members come in corpus order.
      if !positions.isCorpusOrder { members[starts[starts.count - 1]...].sort() }
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

  /// The buckets of a document, ascending.
  func buckets(of document: Int) -> ArraySlice<UInt32> {
    documentBuckets[documentStarts[document]..<documentStarts[document + 1]]
  }
}

/// Finds the position of a document in the keep order of its component.
private struct Positions {
  private var documents: [UInt32]
  /// The position in keep order of each document in `documents`; empty if corpus order is keep
  /// order.
  private var positions: [UInt32] = []

  var isCorpusOrder: Bool { positions.isEmpty }

  /// Prepares to find documents that are given in keep order.
  init(_ documents: [UInt32]) {
    self.documents = documents
    guard zip(documents, documents.dropFirst()).contains(where: >) else { return }
    let order = documents.indices.sorted { documents[$0] < documents[$1] }
    positions = order.map { UInt32($0) }
    self.documents = order.map { documents[$0] }
  }

  func of(_ document: UInt32) -> UInt32 {
    var (low, high) = (0, documents.count)
    while low < high {
      let middle = (low + high) / 2
      if documents[middle] < document { low = middle + 1 } else { high = middle }
    }
    return isCorpusOrder ? UInt32(low) : positions[low]
  }
}
