internal import RepriseFormats

/// The files that repeat most, and which file repeats which.
struct SourcesMarkup {
  private let inputs: [InputEntry]
  private let flowBytes: [SIMD2<Int>: Int]

  init(_ summary: Summary, _ collection: ReportCollection) {
    (inputs, flowBytes) = (summary.inputs, collection.flow)
  }

  private func number(_ input: Int, _ key: String) -> Int {
    inputs[input].counts?[key]?.integer ?? 0
  }

  var table: Markup {
    let shown = inputs.indices.sorted {
      (number($0, "removed_bytes"), $1) > (number($1, "removed_bytes"), $0)
    }.prefix(24)
    let largest = shown.map { number($0, "removed_bytes") }.max() ?? 1
    let rows = shown.map { input -> Markup in
      let (text, removed) = (number(input, "text_bytes"), number(input, "removed_bytes"))
      return """
        <tr><th scope="row">\(shown: inputs[input].path.text)</th>\
        <td>\(Numbers.grouped(number(input, "total")))</td><td>\(Numbers.bytes(text))</td>\
        <td class="b">\(ReportPage.bar(removed, of: largest, "c-passage"))</td>\
        <td>\(Numbers.bytes(removed))</td><td>\(Numbers.percent(removed, of: text))</td></tr>
        """
    }
    let more: Markup =
      inputs.count > shown.count
      ? "<p class=\"note\">\(Numbers.grouped(inputs.count - shown.count)) more files are in summary.json.</p>"
      : ""
    return """
      <table class="bars"><thead><tr><th scope="col">file</th><th scope="col">documents</th>\
      <th scope="col">text</th><th scope="col">share of removed text</th><th scope="col">to remove</th>\
      <th scope="col">of its text</th></tr></thead><tbody>\(Markup(rows))</tbody></table>\(more)
      """
  }

  var flow: Markup {
    let pairs = flowBytes.filter { $0.key.min() >= 0 }
    let between = pairs.filter { $0.key.x != $0.key.y }.sorted {
      ($0.value, $1.key.x, $1.key.y) > ($1.value, $0.key.x, $0.key.y)
    }
    guard !between.isEmpty else { return "<p>No file repeats another.</p>" }
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
      let name = String(inputs[file].path.text.suffix(28))
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
          <title>\(inputs[file].path.text) repeats \(Numbers.bytes(bytes)) of \
          \(inputs[kept].path.text)</title>
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
      <li><b>\(Numbers.bytes(pair.value))</b> of \(shown: inputs[pair.key.x].path.text) \
      repeat \(shown: inputs[pair.key.y].path.text)</li>
      """
    }
    let size = 22 * files.count
    return """
      <div class="two wide"><svg class="chart" viewBox="0 0 \(max(500, 210 + size)) \(150 + size)" role="img" \
      aria-label="Which file repeats which; the list has the largest">\(Markup(parts))</svg>\
      <div><h3>The most in common</h3><ol class="plain">\(Markup(most))</ol>\
      <p class="note">Text is removed from the file of a row; the file of a column keeps it. Grey squares are \
      repeats within one file, on a scale of their own.</p></div></div>
      """
  }
}
