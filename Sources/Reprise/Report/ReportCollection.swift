internal import RepriseCore
internal import RepriseEngine
internal import RepriseFormats

/// What a report lists and samples of the results, in memory that does not grow with them.
struct ReportCollection {
  /// A document that is dropped, trimmed or unreadable.
  struct Finding {
    var entry: ManifestEntry
    var cutByteCount: Int
    /// The bytes that are removed.
    var removed: Int { entry.status == .drop ? entry.length : cutByteCount }
  }

  /// A cluster: its number, the number of its members, and the first of them.
  struct Cluster {
    var number: Int
    var memberCount: Int
    var members: [JSONTree]
  }

  private(set) var findings = LeastItems<Finding>(20_000)
  private(set) var near: LeastItems<Finding>
  private(set) var edge = LeastItems<Finding>(12)
  private(set) var exact = LeastItems<Finding>(6)
  private(set) var clusters = LeastItems<Cluster>(2_000)
  /// The number of clusters of each size.
  private(set) var clusterSizes: [Int: Int] = [:]
  private(set) var passages = LeastItems<PassageEntry>(2_000)
  private(set) var spread = LeastItems<PassageEntry>(4)
  /// Passages that are in too many documents to be cut.
  private(set) var boilerplate = LeastItems<PassageEntry>(4)
  private(set) var somePassages = LeastItems<PassageEntry>(8)
  /// Groups of documents; nil if they are told apart by file.
  private(set) var documentGroups: DocumentGroups?
  /// The bytes that one input repeats of another.
  private(set) var flow: [SIMD2<Int>: Int] = [:]
  /// Titles of the listed clusters.
  private(set) var titles: [Int: String] = [:]
  /// The first row of each input.
  private let firstRows: [Int]
  /// The names that are shown for files, by the names with which they were scanned; empty if they
  /// are the same.
  private let names: [String: String]

  private static let idLimit = 400
  private static let flowLimit = 100_000

  init(
    _ results: BytePath, _ summary: Summary, samples: Int, names: [String: String] = [:],
    groups: DocumentGroups? = nil,
    _ cancellation: Cancellation
  ) throws(CorpusError) {
    near = LeastItems(samples)
    self.names = names
    documentGroups = groups
    var row = 0
    firstRows = summary.inputs.map { input in
      defer { row += input.counts?["total"]?.integer ?? 0 }
      return row
    }
    try readClusters(results, cancellation)
    try readPassages(results, cancellation)
    try readManifest(results, cancellation)
  }

  /// Whether files have other names than in the results.
  var hasOtherNames: Bool { !names.isEmpty }

  /// The name that is shown for a file or its document.
  func name(_ id: String) -> String { names[id] ?? id }

  /// The path that is shown for a file.
  func path(_ path: BytePath) -> BytePath { names[path.text].map { BytePath($0) } ?? path }

  /// The input of a row of the manifest.
  private func input(ofRow row: Int) -> Int {
    var (low, high) = (0, firstRows.count)
    while low < high {
      let middle = (low + high) / 2
      if firstRows[middle] <= row { low = middle + 1 } else { high = middle }
    }
    return low - 1
  }

  private mutating func readManifest(
    _ results: BytePath, _ cancellation: Cancellation
  ) throws(CorpusError) {
    let kept = Array("\"status\":\"keep\"".utf8)
    let listed = Set(clusters.items.map(\.number))
    let reader = try ManifestReader(resultsFolder: results)
    while let (row, entry) = unsafe try reader.next(where: { _, line in
      // Groups have a number of documents, also of those that are kept whole.
      unsafe documentGroups != nil || !line.contains(kept)
    }) {
      if documentGroups != nil {
        let cutBytes = entry.cuts.reduce(0) { $0 + $1.end - $1.start }
        documentGroups?.add(
          entry, row: row, removed: entry.status == .drop ? entry.length : cutBytes)
      }
      guard entry.status != .keep, entry.status != .empty else { continue }
      if row & 1023 == 0 { try cancellation.check() }
      add(entry, row, listed)
    }
  }

  private mutating func add(_ entry: ManifestEntry, _ row: Int, _ listed: Set<Int>) {
    let hash = Self.hash(name(entry.source), entry.offset)
    let cutBytes = entry.cuts.reduce(0) { $0 + $1.end - $1.start }
    func finding() -> Finding { Finding(entry: Self.limited(entry), cutByteCount: cutBytes) }
    findings.offer(hash, finding())
    if let cluster = entry.cluster, let title = entry.title, listed.contains(cluster),
      titles[cluster] == nil
    {
      titles[cluster] = title.limited(to: 110)
    }
    if entry.status == .drop {
      switch entry.reason {
      case .some(.near):
        near.offer(hash, finding())
        edge.offer(UInt64((entry.similarity ?? 1) * 1e12), finding())
      case .some(.exact), .some(.words): exact.offer(hash, finding())
      default: break
      }
      if let kept = entry.duplicateRow { count(row, kept, entry.length) }
    }
    for cut in entry.cuts {
      if let kept = cut.duplicateRow { count(row, kept, cut.end - cut.start) }
    }
  }

  private mutating func count(_ row: Int, _ kept: Int, _ byteCount: Int) {
    let pair = SIMD2(input(ofRow: row), input(ofRow: kept))
    if flow.count < Self.flowLimit || flow[pair] != nil { flow[pair, default: 0] += byteCount }
  }

  private mutating func readClusters(
    _ results: BytePath, _ cancellation: Cancellation
  ) throws(CorpusError) {
    let reader = try ClusterReader(resultsFolder: results)
    var members: [JSONTree] = []
    while let cluster = try reader.next(
      members: 40,
      { _, _, member in
        let id = member["id"]?.string ?? ""
        members.append(
          .array([.string(name(id).limited(to: Self.idLimit)), member["similarity"] ?? .null]))
      })
    {
      clusterSizes[cluster.memberCount, default: 0] += 1
      clusters.offer(
        UInt64(Int.max - cluster.memberCount),
        Cluster(number: cluster.number, memberCount: cluster.memberCount, members: members))
      members = []
      try cancellation.check()
    }
  }

  private mutating func readPassages(
    _ results: BytePath, _ cancellation: Cancellation
  ) throws(CorpusError) {
    let lines = try LineReader(results.appending(ResultsFolder.Name.passages.path))
    while let line = unsafe try lines.next() {
      guard let passage = PassageEntry(try unsafe Self.tree(line, lines)) else {
        throw .invalidResults(
          lines.path, "a field is missing or has an impossible value",
          line: UInt64(lines.lineCount))
      }
      passages.offer(UInt64(max(0, Int.max - passage.cutByteCount)), Self.limited(passage))
      if let shared = passage.boilerplate {
        boilerplate.offer(UInt64(Int.max - shared.documentCount), Self.limited(passage))
      }
      guard passage.occurrences.count > 1 else { continue }
      spread.offer(UInt64(Int.max - passage.documentCount), Self.limited(passage))
      somePassages.offer(Self.hash(passage.title, passage.passage), Self.limited(passage))
      try cancellation.check()
    }
  }

  private static func tree(
    _ line: UnsafeRawBufferPointer, _ lines: LineReader
  ) throws(CorpusError) -> JSONTree {
    do throws(JSONSyntaxError) {
      return unsafe try JSONTree(parsing: line)
    } catch {
      throw .invalidResults(lines.path, error.sentence, line: UInt64(lines.lineCount))
    }
  }

  private static func hash(_ name: String, _ number: Int) -> UInt64 {
    let key = Array("report \(name)@\(number)".utf8)
    return unsafe key.withUnsafeBytes { unsafe FileChecksum.hash(block: $0) }
  }

  private static func limited(_ entry: ManifestEntry) -> ManifestEntry {
    var entry = entry
    entry.id = entry.id.limited(to: idLimit)
    entry.duplicateOf = (entry.duplicateOf ?? entry.cuts.first?.duplicateOf)?.limited(to: idLimit)
    entry.title = entry.title?.limited(to: 110)
    entry.cuts = []
    return entry
  }

  private static func limited(_ passage: PassageEntry) -> PassageEntry {
    var passage = passage
    passage.boilerplate?.text = ""
    passage.excerpt = passage.excerpt.limited(to: 110)
    passage.occurrences = passage.occurrences.prefix(20).map { occurrence in
      var occurrence = occurrence
      occurrence.id = occurrence.id.limited(to: idLimit)
      return occurrence
    }
    return passage
  }
}
