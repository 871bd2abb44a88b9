internal import RepriseFormats

/// The parts of a corpus that are compared with one another: files, folders, or what ids begin with.
struct ReportGroups {
  /// A part.
  struct Group: Equatable {
    var name: String
    var documents = 0
    var textByteCount = 0
    var removedByteCount = 0
  }

  private(set) var groups: [Group] = []
  /// The bytes that one group, the first of a pair, repeats of another.
  private(set) var flow: [SIMD2<Int>: Int] = [:]
  /// What a group is called.
  let noun: String

  /// Adds up files.
  ///
  /// - Parameters:
  ///   - summary: the files with their numbers.
  ///   - collection: the bytes that one file repeats of another, or the groups by id.
  ///   - grouping: the files, or their folders, if the collection has no groups by id.
  init(_ summary: Summary, _ collection: ReportCollection, _ grouping: Report.Grouping) {
    if let ids = collection.idGroups {
      (noun, groups, flow) = ("group", ids.groups, ids.flow)
      return
    }
    noun = grouping.rawValue
    var numbers: [String: Int] = [:]
    let indexes = summary.inputs.map { input -> Int in
      let path = collection.path(input.path)
      let name = (grouping == .folder ? path.parent ?? "." : path).text
      let index = numbers[name] ?? groups.count
      if index == groups.count {
        numbers[name] = index
        groups.append(Group(name: name))
      }
      groups[index].documents += input.counts?["total"]?.integer ?? 0
      groups[index].textByteCount += input.counts?["text_bytes"]?.integer ?? 0
      groups[index].removedByteCount += input.counts?["removed_bytes"]?.integer ?? 0
      return index
    }
    for (pair, bytes) in collection.flow where pair.min() >= 0 {
      flow[SIMD2(indexes[pair.x], indexes[pair.y]), default: 0] += bytes
    }
  }
}

/// Documents by what their ids begin with.
struct IDGroups {
  private(set) var groups: [ReportGroups.Group] = []
  private(set) var flow: [SIMD2<Int>: Int] = [:]
  private var numbers: [String: Int] = [:]
  private let separator: String

  /// More groups than this are one, named `others`.
  private static let limit = 100_000

  /// - Parameter separator: what ends the beginning of an id.
  init(separator: String) { self.separator = separator }

  /// Adds a document.
  ///
  /// - Parameters:
  ///   - entry: its line of the manifest.
  ///   - removed: the bytes that are removed.
  mutating func add(_ entry: ManifestEntry, removed: Int) {
    let index = index(of: entry.id)
    groups[index].documents += 1
    groups[index].textByteCount += entry.length
    groups[index].removedByteCount += removed
    // A reference document is not one of the corpus.
    if entry.status == .drop, entry.duplicateIn == nil, let kept = entry.duplicateOf {
      count(index, kept, entry.length)
    }
    for cut in entry.cuts where cut.duplicateIn == nil {
      count(index, cut.duplicateOf, cut.end - cut.start)
    }
  }

  private mutating func count(_ index: Int, _ kept: String, _ byteCount: Int) {
    let pair = SIMD2(index, self.index(of: kept))
    if flow.count < Self.limit || flow[pair] != nil { flow[pair, default: 0] += byteCount }
  }

  private mutating func index(of id: String) -> Int {
    let end = id.firstRange(of: separator)?.lowerBound
    let name = end.map { String(id[..<$0]).limited(to: 400) } ?? "ids without \(separator)"
    if let index = numbers[name] { return index }
    guard groups.count < Self.limit || name == "others" else {
      return self.index(of: "others\(separator)")
    }
    numbers[name] = groups.count
    groups.append(ReportGroups.Group(name: name))
    return groups.count - 1
  }
}
