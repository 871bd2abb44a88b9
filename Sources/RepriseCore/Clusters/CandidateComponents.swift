/// The components of the graph in which two documents are joined if they share a bucket.
///
/// No verified pair crosses a component, so each can be verified by itself.
public struct CandidateComponents: Sendable {
  /// The buckets of every band.
  private let bands: [Buckets]
  /// The documents, component by component, in corpus order inside one.
  private let documents: [UInt32]
  private let documentStarts: [Int]
  /// The buckets, component by component, band by band inside one.
  private let buckets: [BucketReference]
  private let bucketStarts: [Int]

  private struct BucketReference: Sendable {
    var band: UInt32
    var bucket: UInt32
  }

  /// Finds the components.
  /// - Parameters:
  ///   - bands: the buckets of every band.
  ///   - documentCount: the documents that there are; buckets hold numbers below it.
  /// - Complexity: O(documents + members of all buckets), up to the logarithm of ``UnionFind``.
  public init(bands: [Buckets], documentCount: Int) {
    var sets = UnionFind(count: documentCount)
    var isCandidate = [Bool](repeating: false, count: documentCount)
    for band in bands {
      for bucket in 0..<band.count {
        let members = band[bucket]
        for member in members {
          isCandidate[Int(member)] = true
          sets.union(member, members[members.startIndex])
        }
      }
    }
    // A component's number follows from its smallest document: none depends on an order of work.
    var number = [UInt32](repeating: .max, count: documentCount)
    var sizes: [Int] = []
    for document in 0..<documentCount where isCandidate[document] {
      let root = Int(sets.find(UInt32(document)))
      if root == document {
        number[root] = UInt32(sizes.count)
        sizes.append(0)
      }
      number[document] = number[root]
      sizes[Int(number[root])] += 1
    }
    documentStarts = Self.starts(sizes)
    var next = documentStarts
    var documents = [UInt32](repeating: 0, count: next[sizes.count])
    for document in 0..<documentCount where isCandidate[document] {
      let component = Int(number[document])
      documents[next[component]] = UInt32(document)
      next[component] += 1
    }
    self.documents = documents
    self.bands = bands
    (buckets, bucketStarts) = Self.arrange(bands, number, sizes.count)
  }

  private static func starts(_ sizes: [Int]) -> [Int] {
    var starts = [0]
    starts.reserveCapacity(sizes.count + 1)
    for (component, size) in sizes.enumerated() { starts.append(starts[component] + size) }
    return starts
  }

  private static func arrange(
    _ bands: [Buckets], _ number: [UInt32], _ components: Int
  ) -> ([BucketReference], [Int]) {
    func component(_ band: Buckets, _ bucket: Int) -> Int {
      Int(number[Int(band.members[Int(band.offsets[bucket])])])
    }
    var sizes = [Int](repeating: 0, count: components)
    for band in bands {
      for bucket in 0..<band.count { sizes[component(band, bucket)] += 1 }
    }
    let starts = starts(sizes)
    var next = starts
    var references = [BucketReference](
      repeating: BucketReference(band: 0, bucket: 0), count: next[components])
    for (index, band) in bands.enumerated() {
      for bucket in 0..<band.count {
        let component = component(band, bucket)
        references[next[component]] = BucketReference(band: UInt32(index), bucket: UInt32(bucket))
        next[component] += 1
      }
    }
    return (references, starts)
  }

  /// The number of components; each has at least two documents.
  public var count: Int { documentStarts.count - 1 }

  /// The documents of all components.
  public var documentCount: Int { documents.count }

  /// The documents of a component, in corpus order.
  public func documents(of component: Int) -> ArraySlice<UInt32> {
    documents[documentStarts[component]..<documentStarts[component + 1]]
  }

  /// The buckets of a component, each as its members in corpus order.
  func buckets(of component: Int) -> some Sequence<ArraySlice<UInt32>> {
    buckets[bucketStarts[component]..<bucketStarts[component + 1]].lazy
      .map { bands[Int($0.band)][Int($0.bucket)] }
  }
}
