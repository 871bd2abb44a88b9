internal import RepriseCore

/// Occurrences of fingerprints that have the same words around them, and are too many to be linked
/// with each other.
///
/// Each is linked with the first and the previous one of its group. Two others may share a run that
/// none of these has.
package struct CrowdedPlaces: Sendable {
  /// An occurrence.
  struct Place: Hashable {
    /// The document, by its rank in keep order.
    var document: UInt32
    /// The position of the gram's first token.
    var position: UInt32
  }

  /// The occurrences in one document.
  package struct Document: Sendable {
    /// The document, by its rank in keep order.
    package let document: UInt32
    /// Their positions, ascending.
    let positions: [Int]

    /// The maximum number of windows that contain them.
    package func windowCount(_ rules: PassageRules) -> Int {
      // A word has at most two tokens, and a window may begin with any of them.
      2 * rules.minimumWords * positions.count
    }
  }

  /// A group in ``places``.
  private struct Group {
    var end: Int
    /// True if an occurrence is linked with the first one only, and not with the previous one.
    var isCommon: Bool
  }

  private var places: [Place] = []
  private var groups: [Group] = []

  /// Creates an empty list.
  package init() {}

  /// The memory that the occurrences take, in bytes.
  package var byteCount: Int {
    MemoryLayout<Place>.stride * places.count + MemoryLayout<Group>.stride * groups.count
  }

  /// Adds the occurrences of a fingerprint that have the same words on one side, unless they are all
  /// linked with each other.
  mutating func add(
    _ members: [FingerprintPosting], isCommon: Bool, _ context: (FingerprintPosting) -> UInt32
  ) {
    let order = members.indices.filter { context(members[$0]) != 0 }
      .sorted { (context(members[$0]), $0) < (context(members[$1]), $1) }
    var rest = order[...]
    while let first = rest.first {
      let group = rest.prefix { context(members[$0]) == context(members[first]) }
      rest = rest.dropFirst(group.count)
      guard group.count > (isCommon ? 2 : 3) else { continue }
      for index in group {
        places.append(
          Place(document: members[index].document, position: members[index].position))
      }
      groups.append(Group(end: places.count, isCommon: isCommon))
    }
  }

  /// Adds all groups of a list.
  package mutating func append(_ other: CrowdedPlaces) {
    let count = places.count
    places += other.places
    for var group in other.groups {
      group.end += count
      groups.append(group)
    }
  }

  /// Removes the groups in which two occurrences are left that are not linked.
  ///
  /// - Parameters:
  ///   - corpus: what is left of the documents.
  ///   - isLeft: whether a document is not dropped.
  /// - Returns: all occurrences in these groups, in keep order of the documents; also those that are
  ///   cut, because later cuts may differ.
  /// - Complexity: O(n log n) for n occurrences.
  package mutating func removeOpen(in corpus: CutCorpus, isLeft: (UInt32) -> Bool) -> [Document] {
    var (open, rest) = (CrowdedPlaces(), CrowdedPlaces())
    forEachGroup { group, isCommon in
      let isOpen = Self.isOpen(group, isCommon: isCommon, in: corpus) { place in
        isLeft(place.document)
          && corpus.position(ofToken: Int(place.position), of: place.document) != nil
      }
      if isOpen {
        open.append(group, isCommon: isCommon)
      } else {
        rest.append(group, isCommon: isCommon)
      }
    }
    self = rest
    return open.byDocument
  }

  /// The occurrences, in positions of what is left, of groups in which two are not linked, and one is
  /// near a seam of a document that changed.
  ///
  /// - Parameters:
  ///   - changes: the documents that changed.
  ///   - corpus: what is left of the documents.
  /// - Returns: the occurrences in each document, in keep order.
  /// - Complexity: O(n log n) for n occurrences.
  package func open(nearSeamsOf changes: Set<UInt32>, in corpus: CutCorpus) -> [Document] {
    var open = CrowdedPlaces()
    forEachGroup { group, isCommon in
      let isChanged = group.contains { place in
        changes.contains(place.document)
          && corpus.isNearSeam(Int(place.position), of: place.document)
      }
      if isChanged && Self.isOpen(group, isCommon: isCommon, in: corpus, isLeft: { _ in true }) {
        open.append(group, isCommon: isCommon)
      }
    }
    return open.byDocument
  }

  /// Whether two occurrences are left that are not linked; of different documents, unless repeats
  /// within one are cut.
  private static func isOpen(
    _ group: ArraySlice<Place>, isCommon: Bool, in corpus: CutCorpus, isLeft: (Place) -> Bool
  ) -> Bool {
    // All are linked with the first one, and most with the previous one.
    let left = group.indices.dropFirst().filter { isLeft(group[$0]) }
    guard let first = left.first, let last = left.last else { return false }
    return last - first > (isCommon ? 0 : 1)
      && (corpus.findsRepeats || left.contains { group[$0].document != group[first].document })
  }

  private func forEachGroup(_ body: (ArraySlice<Place>, _ isCommon: Bool) -> Void) {
    var start = 0
    for group in groups {
      body(places[start..<group.end], group.isCommon)
      start = group.end
    }
  }

  private mutating func append(_ group: ArraySlice<Place>, isCommon: Bool) {
    places += group
    groups.append(Group(end: places.count, isCommon: isCommon))
  }

  private var byDocument: [Document] {
    let sorted = places.sorted { ($0.document, $0.position) < ($1.document, $1.position) }
    var documents: [Document] = []
    var rest = sorted[...]
    while let document = rest.first?.document {
      let own = rest.prefix { $0.document == document }
      rest = rest.dropFirst(own.count)
      documents.append(Document(document: document, positions: own.map { Int($0.position) }))
    }
    return documents
  }
}
