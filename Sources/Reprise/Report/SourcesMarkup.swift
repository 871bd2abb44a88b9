internal import RepriseFormats

/// The files, folders or groups of documents that repeat most, and which repeats which.
struct SourcesMarkup {
  private let groups: [ReportGroups.Group]
  private let flowBytes: [SIMD2<Int>: Int]
  private let noun: String

  init(_ parts: ReportGroups) { (groups, flowBytes, noun) = (parts.groups, parts.flow, parts.noun) }

  /// The number of files, folders or groups.
  var count: Int { groups.count }

  var table: Markup {
    let shown = groups.indices.sorted {
      (groups[$0].removedByteCount, $1) > (groups[$1].removedByteCount, $0)
    }.prefix(24)
    let largest = shown.map { groups[$0].removedByteCount }.max() ?? 1
    let rows = shown.map { index -> Markup in
      let group = groups[index]
      let (text, removed) = (group.textByteCount, group.removedByteCount)
      return """
        <tr><th scope="row">\(shown: group.name)</th>\
        <td>\(Numbers.grouped(group.documents))</td><td>\(Numbers.bytes(text))</td>\
        <td class="b">\(ReportPage.bar(removed, of: largest, "c-passage"))</td>\
        <td>\(Numbers.bytes(removed))</td><td>\(Numbers.percent(removed, of: text))</td></tr>
        """
    }
    let more: Markup =
      groups.count > shown.count
      ? """
      <p class="note">\(Numbers.count(groups.count - shown.count, "\(noun)")) more.</p>
      """
      : ""
    return """
      <table class="bars"><thead><tr><th scope="col">\(noun)</th><th scope="col">documents</th>\
      <th scope="col">text</th><th scope="col">share of removed text</th><th scope="col">to remove</th>\
      <th scope="col">of its text</th></tr></thead><tbody>\(Markup(rows))</tbody></table>\(more)
      """
  }

  var flow: Markup {
    let pairs = flowBytes
    let between = pairs.filter { $0.key.x != $0.key.y }.sorted {
      ($0.value, $1.key.x, $1.key.y) > ($1.value, $0.key.x, $0.key.y)
    }
    guard !between.isEmpty else { return "<p>No \(noun) repeats another.</p>" }
    var totals: [Int: Int] = [:]
    for pair in between {
      totals[pair.key.x, default: 0] += pair.value
      totals[pair.key.y, default: 0] += pair.value
    }
    let files = totals.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.prefix(20).map(\.key)
      .sorted()
    let largest = Double(between[0].value)
    let ownLargest = Double(pairs.filter { $0.key.x == $0.key.y }.map(\.value).max() ?? 1)
    var parts: [Markup] = []
    for (line, file) in files.enumerated() {
      let name = String(groups[file].name.suffix(28))
      parts.append(
        """
        <text class="hl" x="192" y="\(22 + 22 * line)" text-anchor="end">\(name)</text>\
        <text class="hl" text-anchor="end" \
        transform="translate(\(214 + 22 * line),\(24 + 22 * files.count)) rotate(-55)">\(name)</text>
        """)
      for (column, kept) in files.enumerated() {
        let bytes = pairs[SIMD2(file, kept)] ?? 0
        let isOwn = file == kept
        let share = (Double(bytes) / (isOwn ? ownLargest : largest)).squareRoot()
        let title: Markup =
          bytes > 0
          ? """
          <title>\(groups[file].name) repeats \(Numbers.bytes(bytes)) of \
          \(groups[kept].name)</title>
          """ : ""
        parts.append(
          """
          <rect class="\(bytes == 0 ? "none" : isOwn ? "self" : "heat")" x="\(200 + 22 * column)" \
          y="\(8 + 22 * line)" width="20" height="20" rx="2" \
          fill-opacity="\(Numbers.fixed(bytes == 0 ? 1 : 0.1 + 0.9 * share, decimals: 2))">\(title)</rect>
          """)
      }
    }
    let most = between.prefix(5).map { pair -> Markup in
      """
      <li><b>\(Numbers.bytes(pair.value))</b> of \(shown: groups[pair.key.x].name) \
      repeat \(shown: groups[pair.key.y].name)</li>
      """
    }
    let size = 22 * files.count
    return """
      <div class="two wide"><svg class="chart" viewBox="0 0 \(max(500, 210 + size)) \(150 + size)" role="img" \
      aria-label="Which \(noun) repeats which; the list has the largest">\(Markup(parts))</svg>\
      <div><h3>The most in common</h3><ol class="plain">\(Markup(most))</ol>\
      <p class="note">Text is removed from the \(noun) of a row; that of a column keeps it. Grey squares are \
      repeats within one \(noun), on a scale of their own.</p></div></div>
      """
  }
}
