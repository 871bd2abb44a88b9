internal import RepriseFormats

/// The parts of a corpus that are compared with one another: files, folders, or groups of documents.
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
  ///   - collection: the bytes that one file repeats of another, or the groups of documents.
  ///   - grouping: the files, or their folders, if the collection has no groups of documents.
  init(_ summary: Summary, _ collection: ReportCollection, _ grouping: Report.Grouping) {
    if let documents = collection.documentGroups {
      (noun, groups, flow) = ("group", documents.groups, documents.flow)
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
