internal import RepriseCore
internal import RepriseFormats

/// The histogram of similarities, the curve of the scan's recall, and a table of thresholds.
struct SimilarityMarkup {
  let threshold: Double
  private let audit: ReportAudit?
  private let bands: Double
  private let rows: Double
  /// The dropped near-duplicates, and the pairs below the threshold, by hundredths of similarity.
  private let near: [Int]
  private let below: [Int]
  /// The documents that a lower threshold could still drop: all that remain but one.
  private let remaining: Int

  init(_ summary: Summary, _ audit: ReportAudit?) {
    self.audit = audit
    threshold = summary.configuration["threshold"]?.double ?? 0.8
    bands = summary.scheme["bands"]?.double ?? 1
    rows = summary.scheme["rows"]?.double ?? 1
    func counts(_ key: String) -> [Int] {
      let counts = (summary.similarities[key]?.array ?? []).prefix(100).map { $0.integer ?? 0 }
      return counts + Array(repeating: 0, count: 100 - counts.count)
    }
    (near, below) = (counts("near"), counts("below_threshold"))
    let documents = summary.documents
    remaining =
      (documents["total"]?.integer ?? 0) - (documents["removed"]?.integer ?? 0) - 1
  }

  /// The share of the pairs with a similarity that become candidate pairs.
  func found(_ similarity: Double) -> Double {
    var (band, missed) = (1.0, 1.0)
    for _ in 0..<Int(rows) { band *= similarity }
    for _ in 0..<Int(bands) { missed *= 1 - band }
    return 1 - missed
  }

  private static func sum(_ counts: [Int], from similarity: Double) -> Int {
    counts[min(100, Int((similarity * 100).rounded()))...].reduce(0, +)
  }

  /// Whether a pair was similar enough for the chart.
  var isEmpty: Bool { !bins.contains { $0.near + $0.below > 0 } }

  /// The near-duplicates that each threshold would drop; below that of the scan, at most.
  var counts: [(value: Double, count: Int)] {
    let all = Set([0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, threshold]).sorted()
    let now = near.reduce(0, +)
    return all.map { value in
      guard value < threshold else { return (value, Self.sum(near, from: value)) }
      let added = min(Self.sum(below, from: value), max(0, remaining))
      return (value, audit?.thresholds[value] ?? now + added)
    }
  }

  var thresholds: Markup {
    let now = near.reduce(0, +)
    let largest = counts.map(\.count).max() ?? 1
    return Markup(
      counts.map { value, count in
        let isNow = value == threshold
        let change = isNow ? 0 : count - now
        let sign = change > 0 ? "+" : change < 0 ? "−" : ""
        let shown = isNow || change == 0 ? "" : sign + Numbers.grouped(abs(change))
        return """
          <tr\(isNow ? " class=\"now\"" as Markup : "")><th scope="row">\
          \(Numbers.fixed(value, decimals: 2))</th>\
          <td class="b">\(ReportPage.bar(count, of: largest, isNow ? "c-near" : "c-keep"))</td>\
          <td>\(Numbers.grouped(count))</td><td>\(shown)</td>\
          <td>\(Numbers.fixed(100 * found(value), decimals: 0)) %</td></tr>
          """
      })
  }

  /// A sentence on where the numbers below the threshold come from.
  var note: Markup {
    audit == nil
      ? """
      Near-duplicates that another threshold would drop. Below the threshold of this scan, it is at \
      most one document for each pair that was compared. The scan finds only the share under <i>found</i>, so scan again with \
      <code>--threshold</code> for the exact number.
      """
      : """
      Near-duplicates that another threshold would drop. Below the threshold of this scan, they are those \
      that the audit found.
      """
  }

  private var bins: [(low: Int, near: Int, below: Int)] {
    let first = min(50, Int(threshold * 100) / 10 * 10)
    return stride(from: first, to: 100, by: 2).map {
      ($0, near[$0] + near[$0 + 1], below[$0] + below[$0 + 1])
    }
  }

  var chart: Markup {
    let bins = bins
    let first = Double(bins[0].low) / 100
    guard !isEmpty else {
      return
        "<p>No two documents are near-duplicates at \(Numbers.fixed(threshold, decimals: 2)).</p>"
    }
    let largest = bins.map { max($0.near, $0.below) }.max() ?? 1
    func x(_ similarity: Double) -> Double { 52 + (similarity - first) / (1 - first) * 692 }
    func y(_ count: Int) -> Double { 220 - Double(count) / Double(largest) * 186 }
    var parts: [Markup] = [0, largest / 2, largest].map { count in
      """
      <line class="grid" x1="52" x2="744" y1="\(y(count))" y2="\(y(count))"/>\
      <text class="tick" x="44" y="\(y(count) + 4)" text-anchor="end">\(Numbers.grouped(count))</text>
      """
    }
    for bin in bins {
      let (left, right) = (x(Double(bin.low) / 100) + 1, x(Double(bin.low + 2) / 100) - 1)
      for (count, style, what) in [
        (bin.below, "miss", "pairs compared, kept"), (bin.near, "c-near", "documents dropped"),
      ] where count > 0 {
        parts.append(
          """
          <rect class="\(style)" data-low="\(bin.low)" x="\(left)" width="\(right - left)" y="\(y(count))" \
          height="\(max(1, 220 - y(count)))" rx="1.5"><title>\(Numbers.grouped(count)) \(what), similarity \
          \(Numbers.fixed(Double(bin.low) / 100, decimals: 2)) to \(Numbers.fixed(Double(bin.low + 2) / 100, decimals: 2))</title></rect>
          """)
      }
    }
    let at = x(threshold)
    let points = (0...100).map { step -> Markup in
      let similarity = first + (1 - first) * Double(step) / 100
      return "\(x(similarity)),\(282 - found(similarity) * 44) "
    }
    parts.append(
      """
      <line class="thr" x1="\(at)" x2="\(at)" y1="18" y2="282"/>\
      <text class="thrt" x="\(at + 7)" y="26">threshold \(Numbers.fixed(threshold, decimals: 2))</text>\
      <polyline class="curve" points="\(Markup(points))"/>\
      <circle class="dot" cx="\(at)" cy="\(282 - found(threshold) * 44)" r="3.5"/>\
      <text class="lab" x="\(at + 9)" y="\(300 - found(threshold) * 44)">\
      \(Numbers.fixed(100 * found(threshold), decimals: 0)) % are found here</text>\
      <text class="tick" x="44" y="242" text-anchor="end">100 %</text>\
      <text class="tick" x="44" y="286" text-anchor="end">0 %</text>
      """)
    for tenth in Int((first * 10).rounded())...10 {
      let place = x(Double(tenth) / 10)
      parts.append(
        """
        <text class="tick" x="\(place)" y="302" text-anchor="middle">\
        \(Numbers.fixed(Double(tenth) / 10, decimals: 1))</text>
        """)
    }
    return """
      <svg class="chart" viewBox="0 0 760 310" role="img" aria-label="Documents by similarity to the kept \
      document that they repeat; the table has the numbers">\(Markup(parts))</svg>\(numbers)
      """
  }

  private var numbers: Markup {
    let rows = bins.map { bin -> Markup in
      """
      <tr><th scope="row">\(Numbers.fixed(Double(bin.low) / 100, decimals: 2))</th><td>\(Numbers.grouped(bin.below))</td>\
      <td>\(Numbers.grouped(bin.near))</td></tr>
      """
    }
    return """
      <details class="data"><summary>The numbers</summary><table class="nums"><thead><tr>\
      <th scope="col">similarity from</th><th scope="col">pairs compared, kept</th>\
      <th scope="col">documents dropped</th></tr></thead><tbody>\(Markup(rows))</tbody></table></details>
      """
  }
}
