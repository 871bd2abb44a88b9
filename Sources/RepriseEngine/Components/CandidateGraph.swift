/// The components of the graph that connects two documents if they share a bucket.
package struct CandidateGraph: Sendable {
  /// The component of each document.
  ///
  /// Gathering ``CandidateComponents`` replaces it, for their documents, with the index in
  /// ``CandidateComponents/allDocuments``.
  package private(set) var numbers: [UInt32]
  /// The number of documents in each component.
  package private(set) var sizes: [UInt32] = []
  /// The members of all buckets of each component.
  ///
  /// A component of 200 million documents has more in 21 bands than 32 bits count.
  package private(set) var memberships: [Int] = []

  /// Marks a document that is in no component, or in a finished one.
  package static let none = UInt32.max

  /// Finds the components.
  ///
  /// - Parameters:
  ///   - documentCount: the number of documents; all members of buckets are below it.
  ///   - bandCount: the number of bands, or of pieces of bands.
  ///   - band: returns the buckets of one band; called twice for each.
  /// - Throws: what `band` throws.
  /// - Complexity: O((documents + members of all buckets) x log documents), see ``UnionFind``.
  package init<Failure: Error>(
    documentCount: Int, bandCount: Int, band: (Int) throws(Failure) -> Buckets
  ) throws(Failure) {
    var sets = UnionFind(count: documentCount)
    var candidates = DocumentSet(count: documentCount)
    for index in 0..<bandCount {
      let band = try band(index)
      let (offsets, members) = (band.offsets, band.members)
      for bucket in 0..<band.count {
        let places = Int(offsets[bucket])..<Int(offsets[bucket + 1])
        for place in places {
          candidates.insert(members[place])
          sets.union(members[place], members[places.lowerBound])
        }
      }
    }
    (numbers, sizes) = sets.components(of: candidates)
    var memberships = [Int](repeating: 0, count: sizes.count)
    let numbers = numbers
    for index in 0..<bandCount {
      let band = try band(index)
      let (offsets, members) = (band.offsets, band.members)
      for bucket in 0..<band.count {
        let component = numbers[Int(members[Int(offsets[bucket])])]
        memberships[Int(component)] += Int(offsets[bucket + 1] - offsets[bucket])
      }
    }
    self.memberships = memberships
  }

  /// The number of components; each has at least two documents.
  package var componentCount: Int { sizes.count }

  /// The number of documents in all components, finished ones included.
  package var documentCount: Int { sizes.reduce(0) { $0 + Int($1) } }

  /// The documents that are in a component, ascending.
  package var documents: some Sequence<UInt32> {
    numbers.lazy.enumerated().filter { $0.element != Self.none }.map { UInt32($0.offset) }
  }

  /// Records for each document its index in `documents`, those of a gathered range of components.
  mutating func setPlaces(_ documents: [UInt32]) {
    for (place, document) in documents.enumerated() { numbers[Int(document)] = UInt32(place) }
  }

  /// Marks the documents of gathered components as finished.
  package mutating func finish(_ components: CandidateComponents) {
    for document in components.allDocuments { numbers[Int(document)] = Self.none }
  }
}
