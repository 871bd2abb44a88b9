/// Some components of a ``CandidateGraph`` with their buckets, to be verified together.
///
/// No verified pair connects two components, so each can be verified alone.
package struct CandidateComponents: Sendable {
  /// The documents, component by component, in corpus order within a component.
  package let allDocuments: [UInt32]
  private let documentStarts: [Int]
  /// The members of the buckets, component by component, band by band within a component.
  private let members: [UInt32]
  private let bucketStarts: [Int]
  /// The first bucket of each component, and the end of the last.
  private let componentBuckets: [Int]

  /// Gathers a range of components.
  ///
  /// For their documents, ``CandidateGraph/numbers`` becomes the index in ``allDocuments``.
  ///
  /// - Parameters:
  ///   - range: the components to gather.
  ///   - graph: all components; those before the range must be finished.
  ///   - bandCount: the number of bands, or of pieces of bands.
  ///   - band: returns the buckets of one band; called twice for each.
  /// - Throws: what `band` throws.
  /// - Complexity: O(documents + members of all buckets).
  package init<Failure: Error>(
    _ range: Range<Int>, of graph: inout CandidateGraph, bandCount: Int,
    band: (Int) throws(Failure) -> Buckets
  ) throws(Failure) {
    documentStarts = Self.starts(graph.sizes[range].lazy.map { Int($0) })
    allDocuments = Self.documents(range, graph, documentStarts)
    let memberStarts = Self.starts(graph.memberships[range])
    let numbers = graph.numbers
    var bucketCounts = [Int](repeating: 0, count: range.count)
    for index in 0..<bandCount {
      let band = try band(index)
      let (offsets, members) = (band.offsets, band.members)
      for bucket in 0..<band.count {
        let component = Int(numbers[Int(members[Int(offsets[bucket])])])
        if range.contains(component) { bucketCounts[component - range.lowerBound] += 1 }
      }
    }
    componentBuckets = Self.starts(bucketCounts)
    var (nextBucket, nextMember) = (componentBuckets, memberStarts)
    var members = [UInt32](repeating: 0, count: memberStarts[range.count])
    var bucketStarts = [Int](repeating: members.count, count: componentBuckets[range.count] + 1)
    for index in 0..<bandCount {
      let band = try band(index)
      let (offsets, bandMembers) = (band.offsets, band.members)
      for bucket in 0..<band.count {
        let places = Int(offsets[bucket])..<Int(offsets[bucket + 1])
        let component = Int(numbers[Int(bandMembers[places.lowerBound])]) - range.lowerBound
        guard component >= 0 && component < range.count else { continue }
        let first = nextMember[component]
        bucketStarts[nextBucket[component]] = first
        nextBucket[component] += 1
        for place in places { members[first + place - places.lowerBound] = bandMembers[place] }
        nextMember[component] = first + places.count
      }
    }
    (self.members, self.bucketStarts) = (members, bucketStarts)
    graph.setPlaces(allDocuments)
  }

  private static func starts(_ sizes: some Collection<Int>) -> [Int] {
    var starts = [0]
    starts.reserveCapacity(sizes.count + 1)
    for (index, size) in sizes.enumerated() { starts.append(starts[index] + size) }
    return starts
  }

  private static func documents(
    _ range: Range<Int>, _ graph: CandidateGraph, _ starts: [Int]
  ) -> [UInt32] {
    var documents = [UInt32](repeating: 0, count: starts[range.count])
    var next = starts
    for (document, number) in graph.numbers.enumerated() where number != CandidateGraph.none {
      let component = Int(number) - range.lowerBound
      guard component >= 0 && component < range.count else { continue }
      documents[next[component]] = UInt32(document)
      next[component] += 1
    }
    return documents
  }

  /// The number of components; each has at least two documents.
  package var count: Int { documentStarts.count - 1 }

  /// The documents of a component, in corpus order.
  package func documents(of component: Int) -> ArraySlice<UInt32> {
    allDocuments[documentStarts[component]..<documentStarts[component + 1]]
  }

  /// The members of each bucket of a component, in corpus order.
  func buckets(of component: Int) -> some Sequence<ArraySlice<UInt32>> {
    (componentBuckets[component]..<componentBuckets[component + 1]).lazy
      .map { members[bucketStarts[$0]..<bucketStarts[$0 + 1]] }
  }
}
