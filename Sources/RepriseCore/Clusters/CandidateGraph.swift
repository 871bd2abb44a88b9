/// The graph in which two documents are joined if they share a bucket: its components, and which
/// document is in which.
public struct CandidateGraph: Sendable {
  /// Of each document its component; after ``CandidateComponents`` were made, its place in them.
  public private(set) var numbers: [UInt32]
  /// The documents of each component.
  public private(set) var sizes: [UInt32] = []
  /// The members of all buckets of each component.
  ///
  /// A component of 200 million documents has more in 21 bands than 32 bits count.
  public private(set) var memberships: [Int] = []

  /// What a document has that is in no component, or in one that is done.
  public static let none = UInt32.max

  /// Finds the components.
  ///
  /// - Parameters:
  ///   - documentCount: the documents that there are; buckets hold numbers below it.
  ///   - bandCount: how many bands, or pieces of bands, there are.
  ///   - band: the buckets of one of them; it is asked for each twice.
  /// - Throws: what `band` throws.
  /// - Complexity: O(documents + members of all buckets), up to the logarithm of ``UnionFind``.
  public init<Failure: Error>(
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
  public var componentCount: Int { sizes.count }

  /// The documents of all components.
  public var documentCount: Int { sizes.reduce(0) { $0 + Int($1) } }

  /// The documents of all components, ascending.
  public var documents: some Sequence<UInt32> {
    numbers.lazy.enumerated().filter { $0.element != Self.none }.map { UInt32($0.offset) }
  }

  /// Takes note of the documents' places among those of a range of components.
  mutating func setPlaces(_ documents: [UInt32]) {
    for (place, document) in documents.enumerated() { numbers[Int(document)] = UInt32(place) }
  }

  /// Takes note that components are done.
  public mutating func finish(_ components: CandidateComponents) {
    for document in components.allDocuments { numbers[Int(document)] = Self.none }
  }
}
