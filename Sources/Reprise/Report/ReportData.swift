internal import RepriseFormats

/// The lists that the page's script reads.
struct ReportData {
  private(set) var samples: [JSONTree]
  private(set) var findings: [JSONTree]
  private(set) var clusters: [JSONTree]
  private(set) var passages: [JSONTree]
  private let totals: [JSONTree.Field]

  init(
    _ collection: ReportCollection, _ samples: [JSONTree], _ summary: Summary, hasTexts: Bool
  ) {
    self.samples = samples
    func text(_ value: String?) -> JSONTree { .string(hasTexts ? value ?? "" : "") }
    findings = collection.findings.items.sorted { $0.removed > $1.removed }.map { finding in
      let entry = finding.entry
      return .array([
        .string(collection.name(entry.id)), .string(entry.status.rawValue),
        .string(entry.reason?.rawValue ?? ""),
        .string(entry.duplicateOf.map(collection.name) ?? ""), .double(entry.similarity),
        .integer(finding.removed),
        text(entry.title), .string(collection.name(entry.source).limited(to: 400)),
      ])
    }
    clusters = collection.clusters.items.map { cluster in
      .array([
        .integer(cluster.number), .integer(cluster.memberCount),
        text(collection.titles[cluster.number]), .array(cluster.members),
      ])
    }
    passages = collection.passages.items.map { passage in
      .array([
        .integer(passage.passage), .integer(passage.words), .integer(passage.documentCount),
        .integer(passage.cutByteCount), text(passage.title), text(passage.excerpt),
        .array(
          passage.occurrences.map { place in
            .array([
              .string(collection.name(place.id)), .integer(place.line), .double(place.identity),
              .bool(place.isKept),
            ])
          }),
      ])
    }
    // Names that are not those of the results may be those of copies, which differ from run to run.
    let key =
      collection.hasOtherNames
      ? "\(Self.hash(.array(findings + clusters + passages)))"
      : summary.files.map { "\($0.checksum)" }.joined(separator: " ")
    totals = [
      .init("near", .integer(collection.near.total)),
      .init("findings_total", .integer(collection.findings.total)),
      .init("clusters_total", .integer(collection.clusters.total)),
      .init("passages_total", .integer(collection.passages.total)),
      .init("key", .string(key)),
    ]
  }

  /// Halves the longest list, so that the file becomes smaller.
  ///
  /// - Returns: false if no list can be shorter.
  mutating func halve() -> Bool {
    let lists: [WritableKeyPath<ReportData, [JSONTree]>] = [
      \.findings, \.clusters, \.passages, \.samples,
    ]
    let sizes = lists.map { list in Self.json(.array(self[keyPath: list])).count }
    guard let longest = lists.indices.max(by: { sizes[$0] < sizes[$1] }),
      !self[keyPath: lists[longest]].isEmpty
    else { return false }
    self[keyPath: lists[longest]].removeLast((self[keyPath: lists[longest]].count + 1) / 2)
    return true
  }

  /// All lists as JSON, deflated, in base64.
  func text() throws(CorpusError) -> String {
    let lists: [JSONTree.Field] = [
      .init("samples", .array(samples)), .init("findings", .array(findings)),
      .init("clusters", .array(clusters)), .init("passages", .array(passages)),
    ]
    return try Self.json(.object(totals + lists)).deflated().base64
  }

  private static func hash(_ tree: JSONTree) -> UInt64 {
    unsafe json(tree).withUnsafeBytes { unsafe FileChecksum.hash(block: $0) }
  }

  private static func json(_ tree: JSONTree) -> [UInt8] {
    var writer = JSONWriter()
    tree.write(to: &writer)
    return unsafe writer.buffer.withUnsafeBytes { unsafe Array($0) }
  }
}

extension JSONTree {
  fileprivate static func double(_ value: Double?) -> JSONTree {
    value.map { .double(($0 * 10_000).rounded(.down) / 10_000) } ?? .null
  }
}
