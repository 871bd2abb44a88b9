internal import Reprise

/// The largest findings of a scan as text, with the calls that show more.
struct OverviewReport {
  private let overview: ShownOverview
  private let results: String
  private let terminal: Terminal

  init(_ overview: ShownOverview, results: BytePath, _ terminal: Terminal) {
    (self.overview, self.terminal) = (overview, terminal)
    self.results = SafeText.line(shellQuoted(results))
  }

  /// The whole text.
  var text: String {
    var parts: [String] = []
    add(
      "Passages in most documents",
      overview.spread.map { passage in
        [
          "passage \(passage.passage)", Numbers.count(passage.sharingCount, "document"),
          (passage.boilerplate == nil ? "" : "not cut: ") + passage.title,
        ]
      }, to: &parts)
    add(
      "Passages with the most removed text",
      overview.largest.map { passage in
        ["passage \(passage.passage)", Numbers.bytes(passage.cutByteCount), passage.title]
      }, to: &parts)
    add(
      "Clusters with most documents",
      overview.clusters.map { cluster in
        [
          "cluster \(cluster.number)", Numbers.count(cluster.memberCount, "document"),
          cluster.title,
        ]
      }, to: &parts)
    add(
      "\(overview.groupNoun.prefix(1).uppercased())\(overview.groupNoun.dropFirst())s, and which repeats which",
      overview.repeats.map { pair in
        [
          Numbers.bytes(pair.byteCount), "of \(SafeText.line(pair.file))",
          pair.file == pair.kept ? "repeat other text of it" : "repeat \(pair.kept)",
        ]
      }, isText: true, to: &parts)
    let now = overview.thresholds.first(where: \.isOwn)?.nearDuplicates ?? 0
    add(
      "Thresholds, and the near-duplicates that each would drop",
      overview.thresholds.map { one in
        let change = one.nearDuplicates - now
        let sign = change > 0 ? "+" : ""
        return [
          Numbers.fixed(one.value, decimals: 2), Numbers.grouped(one.nearDuplicates),
          one.isOwn ? "this scan" : change == 0 ? "" : sign + Numbers.grouped(change),
        ]
      }, to: &parts)
    if overview.thresholds.contains(where: { !$0.isOwn && $0.nearDuplicates > now }) {
      let sentence =
        "Below the threshold of the scan, only pairs that it compared are counted. "
        + "reprise audit \(results) measures the others."
      parts.append(sentence.wrapped(to: terminal).joined(separator: "\n"))
    }
    if parts.isEmpty { return "Nothing repeats.\n" }
    var calls = ["reprise show \(results) --random 5", "reprise show \(results) ID"]
    if let passage = (overview.spread + overview.largest).first {
      calls.append("reprise show \(results) --passage \(passage.passage)")
    }
    if let cluster = overview.clusters.first {
      calls.append("reprise show \(results) --cluster \(cluster.number)")
    }
    parts.append("To see more:\n" + calls.map { "  " + terminal.bold($0) }.joined(separator: "\n"))
    return parts.joined(separator: "\n\n") + "\n"
  }

  /// Adds a table of three columns.
  ///
  /// - Parameters:
  ///   - heading: the line above it.
  ///   - rows: the values.
  ///   - isText: whether the second column is text, which begins at its left.
  ///   - parts: the parts of the text.
  private func add(
    _ heading: String, _ rows: [[String]], isText: Bool = false, to parts: inout [String]
  ) {
    guard !rows.isEmpty else { return }
    let widths = (0..<2).map { column in rows.map { $0[column].columnCount }.max() ?? 0 }
    let lines = rows.map { row in
      let second = isText ? row[1].aligned(left: widths[1]) : row[1].aligned(right: widths[1])
      let start = "  \(row[0].aligned(right: widths[0]))  \(second)"
      let room = max(16, terminal.width - start.columnCount - 2)
      let rest = SafeText.line(row[2])
      return rest.isEmpty ? start : start + "  " + rest.fitted(to: room)
    }
    parts.append(([heading] + lines).joined(separator: "\n"))
  }
}
