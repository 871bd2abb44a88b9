internal import RepriseCore
internal import RepriseFormats

/// The page with its numbers, charts and tables filled in.
struct ReportPage {
  private var values: [String: String]

  init(
    _ summary: Summary, _ collection: ReportCollection, _ audit: ReportAudit?,
    _ options: Report.Options, changed: [BytePath] = []
  ) {
    let overview = OverviewMarkup(summary, audit, changed: changed)
    let similarity = SimilarityMarkup(summary, audit)
    let lists = StaticLists(collection, hasTexts: options.hasTexts)
    let groups = ReportGroups(summary, collection, options.grouping)
    let sources = SourcesMarkup(groups)
    let title = options.title ?? Self.title(summary)
    let hashes = ReportTemplate.hashes
    let hidden = " hidden"
    values = [
      "TITLE": ("\(title.limited(to: 110))" as Markup).text,
      "CSP": "default-src 'none'; script-src '\(hashes[1])'; style-src '\(hashes[0])'; "
        + "base-uri 'none'; form-action 'none'",
      "STYLE": ReportTemplate.style, "SCRIPT": ReportTemplate.script,
      "LEAD": overview.lead.text, "BAR": overview.bar.text, "KINDS": overview.table.text,
      "RELY": overview.rely.text,
      "SIMILARITY": similarity.chart.text, "THRESHOLDS": similarity.thresholds.text,
      "THRESHOLDS_NOTE": similarity.note.text,
      "CLUSTER_LIST": lists.clusters.text, "PASSAGE_LIST": lists.passages.text,
      "FINDING_LIST": lists.findings.text,
      "THRESHOLDS_HIDDEN": similarity.isEmpty ? hidden : "",
      "CLUSTERS_HIDDEN": collection.clusters.total == 0 ? hidden : "",
      "CLUSTER_SIZES": Self.clusterSizes(collection).text,
      "CLUSTER_COUNT": Numbers.count(collection.clusters.total, "cluster"),
      "PASSAGES_HIDDEN": collection.passages.total == 0 ? hidden : "",
      "PASSAGE_COUNT": Numbers.count(collection.passages.total, "repeated passage"),
      "SOURCES_HIDDEN": sources.count < 2 ? hidden : "",
      "SOURCES_TITLE": "\(groups.noun.capitalizedASCII)s, and which repeats which",
      "SOURCES": sources.table.text, "FLOW": sources.flow.text,
      "FINDING_COUNT": Numbers.count(collection.findings.total, "document"),
      "CONFIGURATION": overview.configuration.text, "PROBLEMS": overview.problems.text,
    ]
  }

  /// The page with lists.
  ///
  /// A value is not filled in again, whatever it contains.
  func text(_ data: ReportData) throws(CorpusError) -> String {
    var values = values
    values["SAMPLES_HIDDEN"] = data.samples.isEmpty ? " hidden" : ""
    values["DATA"] = try data.text()
    var text = ""
    for (index, part) in ReportTemplate.html.split(
      separator: "{{", omittingEmptySubsequences: false
    ).enumerated() {
      guard index > 0, let end = part.firstRange(of: "}}") else {
        text += part
        continue
      }
      text += values[String(part[..<end.lowerBound])] ?? ""
      text += part[end.upperBound...]
    }
    return text
  }

  private static func title(_ summary: Summary) -> String {
    let roots = Set(summary.inputs.map(\.root))
    guard let root = roots.first, roots.count == 1 else { return "the corpus" }
    let name = root.withoutSlashes.lastComponent.text
    return name.isEmpty || name == "-" || name == "." ? "the corpus" : name
  }

  private static func clusterSizes(_ collection: ReportCollection) -> Markup {
    let classes = [2...2, 3...3, 4...4, 5...9, 10...49, 50...999, 1_000...Int.max]
    let rows = classes.map { sizes in
      (sizes, collection.clusterSizes.reduce(0) { $0 + (sizes.contains($1.key) ? $1.value : 0) })
    }.filter { $0.1 > 0 }
    let largest = rows.map(\.1).max() ?? 1
    return Markup(
      rows.map { sizes, count in
        let name =
          sizes.count == 1
          ? "\(sizes.lowerBound)"
          : sizes.upperBound == .max
            ? "\(Numbers.grouped(sizes.lowerBound)) or more"
            : "\(sizes.lowerBound) to \(sizes.upperBound)"
        return """
          <tr><th scope="row">\(name)</th><td class="b">\(Self.bar(count, of: largest, "c-exact"))</td>\
          <td>\(Numbers.grouped(count))</td></tr>
          """
      })
  }

  /// A bar in a table.
  static func bar(_ value: Int, of largest: Int, _ style: String) -> Markup {
    let width = largest > 0 ? max(value > 0 ? 0.6 : 0, 100 * Double(value) / Double(largest)) : 0
    return """
      <svg class="tb" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">\
      <rect class="\(style)" width="\(width)" height="10"/></svg>
      """
  }
}

extension String {
  /// The text with its first letter in upper case, if that is one of ASCII.
  fileprivate var capitalizedASCII: String { prefix(1).uppercased() + dropFirst() }
}

extension BytePath {
  /// The path without the slashes at its end.
  fileprivate var withoutSlashes: BytePath {
    BytePath(Array(bytes.reversed().drop { $0 == UInt8(ascii: "/") }.reversed()))
  }
}
