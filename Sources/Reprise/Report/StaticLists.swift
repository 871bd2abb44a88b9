internal import RepriseFormats

/// The beginnings of the lists as tables, for a browser in which the page's script does not run.
struct StaticLists {
  private let collection: ReportCollection
  private let hasTexts: Bool

  private static let limit = 20

  init(_ collection: ReportCollection, hasTexts: Bool) {
    (self.collection, self.hasTexts) = (collection, hasTexts)
  }

  var findings: Markup {
    let all = collection.findings
    let items = all.items.sorted { $0.removed > $1.removed }.prefix(Self.limit)
    return table(
      ["document", "decision", "repeats", "removed"],
      items.map { finding in
        let entry = finding.entry
        let reason = entry.reason.map { ", \($0.rawValue)" } ?? ""
        return [
          "\(shown: collection.name(entry.id))", "\(entry.status.rawValue)\(reason)",
          "\(shown: entry.duplicateOf.map(collection.name) ?? "")",
          "\(Numbers.bytes(finding.removed))",
        ]
      }, of: all.total, "manifest.jsonl")
  }

  var clusters: Markup {
    table(
      ["cluster", "documents"],
      collection.clusters.items.prefix(Self.limit).map { cluster in
        let title = hasTexts ? collection.titles[cluster.number] : nil
        let first = cluster.members.first?.array?.first?.string ?? ""
        return ["\(shown: title ?? first)", "\(Numbers.grouped(cluster.memberCount))"]
      }, of: collection.clusters.total, "clusters.jsonl")
  }

  var passages: Markup {
    table(
      ["passage", "words", "documents", "removed"],
      collection.passages.items.prefix(Self.limit).map { passage in
        [
          hasTexts ? "\(shown: passage.title)" : "\(passage.passage)",
          "\(Numbers.grouped(passage.words))", "\(Numbers.grouped(passage.documentCount))",
          "\(Numbers.bytes(passage.cutByteCount))",
        ]
      }, of: collection.passages.total, "passages.jsonl")
  }

  private func table(
    _ heads: [String], _ rows: [[Markup]], of total: Int, _ file: String
  ) -> Markup {
    guard !rows.isEmpty else { return "" }
    let more: Markup =
      total > rows.count
      ? """
      <p class="note">\(Numbers.grouped(rows.count)) of \(Numbers.grouped(total)). <code>\(file)</code> in \
      the results folder has all; searching needs JavaScript.</p>
      """ : ""
    let head = Markup(heads.map { "<th scope=\"col\">\($0)</th>" })
    let body = rows.map { row -> Markup in
      "<tr>\(Markup(row.map { "<td>\($0)</td>" }))</tr>"
    }
    return """
      <table class="nums static"><thead><tr>\(head)</tr></thead><tbody>\(Markup(body))</tbody></table>\(more)
      """
  }
}
