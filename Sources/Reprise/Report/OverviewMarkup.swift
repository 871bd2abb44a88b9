internal import RepriseCore
internal import RepriseFormats

/// The overview of a report: what is removed, and what one can rely on.
struct OverviewMarkup {
  private let summary: Summary
  private let audit: ReportAudit?
  private let text: Int
  private let changed: [BytePath]

  private struct Kind {
    var name: String
    var style: String
    var documents: Int
    var bytes: Int
  }

  /// - Parameters:
  ///   - summary: the numbers of the scan.
  ///   - audit: the measurements of an audit; nil for none.
  ///   - changed: the files that have changed since the scan.
  init(_ summary: Summary, _ audit: ReportAudit?, changed: [BytePath] = []) {
    (self.summary, self.audit, self.changed) = (summary, audit, changed)
    text = summary.bytes["text"]?.integer ?? 0
  }

  private func documents(_ key: String) -> Int { summary.documents[key]?.integer ?? 0 }
  private func bytes(_ key: String) -> Int { summary.bytes[key]?.integer ?? 0 }

  /// The kinds of repetition that there are.
  private var kinds: [Kind] {
    let all = [
      ("exact duplicates", "exact", "drop_exact", "drop_exact"),
      ("same words", "words", "drop_words", "drop_words"),
      ("near-duplicates", "near", "drop_near", "drop_near"),
      ("contained", "contained", "drop_contained", "drop_contained"),
      ("too little left", "remnant", "drop_remnant", "drop_remnant"),
      ("repeated passages", "passage", "drop_passage", "passages"),
    ].map {
      Kind(name: $0.0, style: "c-\($0.1)", documents: documents($0.2), bytes: bytes($0.3))
    }
    return all.filter { $0.documents > 0 || $0.bytes > 0 }
  }

  private var removed: Int { bytes("removed") }

  var lead: Markup {
    let total = Numbers.count(documents("total"), "document")
    guard removed > 0 else { return "Nothing repeats in \(Numbers.bytes(text)) of \(total)." }
    return """
      <b>\(Numbers.percent(removed, of: text))</b> of the text repeats: <b>\(Numbers.bytes(removed))</b> \
      of \(Numbers.bytes(text)), in \(total).
      """
  }

  var bar: Markup {
    var start = 0.0
    let rest = Kind(name: "remaining", style: "c-keep", documents: 0, bytes: text - removed)
    let parts = ([rest] + kinds).filter { $0.bytes > 0 }.map { kind -> Markup in
      let width = 1000 * Double(kind.bytes) / Double(max(1, text))
      defer { start += width }
      return """
        <rect class="\(kind.style)" x="\(start)" width="\(max(width - 2, 1.5))" height="28" rx="2">\
        <title>\(kind.name): \(Numbers.bytes(kind.bytes))</title></rect>
        """
    }
    return """
      <svg class="bar" viewBox="0 0 1000 28" preserveAspectRatio="none" role="img" \
      aria-label="Shares of the text that remain and that repeat">\(Markup(parts))</svg>
      """
  }

  var table: Markup {
    let remaining = documents("total") - documents("removed")
    let rest = Kind(
      name: "remaining", style: "c-keep", documents: remaining, bytes: text - removed)
    return Markup(
      ([rest] + kinds).map { kind in
        let trimmed = documents("trim")
        let note: Markup =
          kind.style == "c-passage" && trimmed > 0
          ? "<small>+ \(Numbers.grouped(trimmed)) trimmed</small>" : ""
        return """
          <tr><th scope="row"><svg class="k" viewBox="0 0 10 10" aria-hidden="true">\
          <rect class="\(kind.style)" width="10" height="10" rx="3"/></svg>\(kind.name)</th>\
          <td>\(Numbers.grouped(kind.documents)) \(note)</td><td>\(Numbers.bytes(kind.bytes))</td>\
          <td>\(Numbers.percent(kind.bytes, of: text))</td></tr>
          """
      })
  }

  var rely: Markup {
    var lines: [Markup] = []
    let shape = SimilarityMarkup(summary, audit)
    if summary.configuration["verify"]?.string == "exact" {
      lines.append(
        "<li><b>Near-duplicates were compared</b>, shingle by shingle, with a kept document.</li>")
    } else {
      lines.append("<li><b>Similarities are estimated</b> from signatures.</li>")
    }
    lines += measured
    let threshold = "\(shape.threshold)"
    let found = Numbers.fixed(100 * shape.found(shape.threshold), decimals: 1)
    lines.append(
      "<li><b>\(found) % are found</b> of the pairs with a similarity of \(threshold), and more above.</li>"
    )
    if summary.configuration["cut"]?.string == "exact" {
      lines.append(
        "<li><b>A cut takes only words</b> that a kept document has in the same order.</li>")
    }
    if !changed.isEmpty {
      let names = changed.prefix(10).map { " <bdi>\($0.text.limited(to: 400))</bdi>" as Markup }
      let more: Markup =
        changed.count > names.count
        ? " and \(Numbers.grouped(changed.count - names.count)) more" : ""
      lines.append(
        """
        <li><b>\(Numbers.count(changed.count, "file")) changed since the scan</b>, so samples can show other \
        texts than were compared:\(Markup(names))\(more).</li>
        """)
    }
    let problems = problemCount
    lines.append(
      problems == 0
        ? "<li><b>Nothing was skipped.</b></li>"
        : "<li><b>\(Numbers.count(problems, "problem"))</b> with what was read, listed below.</li>")
    return Markup(lines)
  }

  /// The results of the audit.
  private var measured: [Markup] {
    guard let audit else { return [] }
    func percent(_ share: Double) -> String { Numbers.fixed(100 * share, decimals: 2) }
    var lines: [Markup] = []
    if let recall = audit.recall {
      let limits: Markup =
        audit.isCensus
        ? ""
        : """
        , with \(Numbers.fixed(100 * audit.confidence, decimals: 0)) % confidence \
        \(percent(recall.lower)) % to \(percent(recall.upper)) %
        """
      lines.append(
        """
        <li><b>Measured: \(percent(recall.value)) % of the duplicates were found</b>\(limits). \
        \(Numbers.count(audit.sampleCount, "document")) of \(Numbers.grouped(audit.stayCount)) that stay \
        were compared with all others; \(Numbers.grouped(audit.missedCount)) repeat an earlier one.</li>
        """)
    }
    lines.append(
      """
      <li><b>\(Numbers.grouped(audit.wrongCount)) of \(Numbers.count(audit.checkedCount, "drop"))</b> that \
      were computed again from the words were wrong.</li>
      """)
    if let passages = audit.passages {
      lines.append(
        """
        <li><b>\(Numbers.grouped(passages.wrong)) of \(Numbers.count(passages.checked, "cut"))</b> that were computed \
        again were wrong. \(Numbers.count(passages.left, "document")) of \(Numbers.grouped(audit.sampleCount)) \
        \(passages.left == 1 ? "has" : "have") \(Numbers.grouped(passages.minimum)) words that an earlier one has \
        and no passage names.</li>
        """)
    }
    return lines
  }

  private var problemFields: [JSONTree.Field] {
    guard case .object(let fields) = summary.problems else { return [] }
    return fields
  }

  private var problemCount: Int { problemFields.reduce(0) { $0 + ($1.value.integer ?? 0) } }

  var problems: Markup {
    guard problemCount > 0 else { return "<p>All input was read.</p>" }
    let rows = problemFields.prefix(50).map { field -> Markup in
      """
      <tr><th scope="row"><code>\(field.name)</code></th>\
      <td>\(Numbers.grouped(field.value.integer ?? 0))</td></tr>
      """
    }
    return "<table class=\"nums\"><tbody>\(Markup(rows))</tbody></table>"
  }

  var configuration: Markup {
    var rows: [Markup] = []
    for tree in [summary.configuration, summary.scheme] {
      guard case .object(let fields) = tree else { continue }
      for field in fields {
        let value = Self.value(field.value).limited(to: 400)
        rows.append(
          "<tr><th scope=\"row\">\(field.name)</th><td><bdi>\(value)</bdi></td></tr>")
      }
    }
    return Markup(rows)
  }

  private static func value(_ tree: JSONTree) -> String {
    switch tree {
    case .string(let text): text
    case .integer(let number): "\(number)"
    case .double(let number): "\(number)"
    case .bool(let flag): flag ? "yes" : "no"
    case .array(let values): values.map(value).joined(separator: ", ")
    case .null, .object: ""
    }
  }
}
