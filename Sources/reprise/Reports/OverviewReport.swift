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
          one.isOwn
            ? "this scan"
            : change == 0 ? "" : sign + Numbers.grouped(change) + (change > 0 ? " at most" : ""),
        ]
      }, to: &parts)
    if overview.thresholds.contains(where: { !$0.isOwn && $0.nearDuplicates > now }) {
      let sentence =
        "Below the threshold of the scan, pairs that it compared are counted, so there may be fewer documents. "
        + "reprise audit \(results) measures the number."
      parts.append(sentence.wrapped(to: terminal).joined(separator: "\n"))
    }
    if parts.isEmpty { return "Nothing repeats.\n" }
    var calls = [
      ("--random 5", "some decisions"), ("ID", "why a document is dropped"),
    ]
    if let passage = (overview.spread + overview.largest).first {
      calls.append(("--passage \(passage.passage)", "a passage, and where it is"))
    }
    if let cluster = overview.clusters.first {
      calls.append(("--cluster \(cluster.number)", "the documents of a cluster"))
    }
    // In one file, the parts that people mean are in the ids.
    if overview.groupNoun == "file", let pair = overview.repeats.first, pair.file == pair.kept,
      overview.repeats.count == 1
    {
      calls.append(("--group-by id:/", "which group repeats which"))
    }
    parts.append("To see more:\n" + lines(calls).joined(separator: "\n"))
    return parts.joined(separator: "\n\n") + "\n"
  }

  /// Calls of `reprise show` with what they show, where there is room for it.
  private func lines(_ calls: [(arguments: String, shown: String)]) -> [String] {
    let width = calls.map(\.arguments.columnCount).max() ?? 0
    let start = "reprise show \(results) "
    let hasRoom = calls.allSatisfy {
      start.columnCount + width + 4 + $0.shown.columnCount <= terminal.width
    }
    return calls.map { call in
      guard hasRoom else { return "  " + terminal.bold(start + call.arguments) }
      let space = String(repeating: " ", count: width - call.arguments.columnCount + 2)
      return "  " + terminal.bold(start + call.arguments) + space + call.shown
    }
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
