internal import Reprise

/// The result of an audit as text and as JSON.
struct AuditText {
  private let report: Audit.Report
  private let judgements: JudgementCounts?
  private let confidence: Double

  init(_ report: Audit.Report, _ judgements: JudgementCounts?, confidence: Double) {
    (self.report, self.judgements, self.confidence) = (report, judgements, confidence)
  }

  /// A sentence on what people said.
  static func sentence(_ counts: JudgementCounts, confidence: Double) -> String {
    let unsure = counts.unsure > 0 ? "; \(Numbers.grouped(counts.unsure)) unsure" : ""
    guard counts.decided > 0 else { return "nothing is judged yet\(unsure)." }
    let limits = counts.interval(confidence: confidence)
    var text = "\(Numbers.count(counts.decided, "near-duplicate")) judged by people: "
    text +=
      "\(Numbers.grouped(counts.same)) the same, \(Numbers.grouped(counts.different)) different: "
    text +=
      "\(Numbers.fixed(counts.share, decimals: 2)) (\(Numbers.fixed(limits.lowerBound, decimals: 2)) "
    text += "to \(Numbers.fixed(limits.upperBound, decimals: 2)))\(unsure)."
    // The shares that further judgements could show.
    let next = [0.9, 0.95, 0.98, 0.99].lazy.compactMap { share in
      counts.remaining(toShow: share, confidence: confidence).map { (share, $0) }
    }.first { $0.1 > 0 }
    if let next {
      text += " After \(Numbers.grouped(next.1)) more that are the same, at least "
      text += "\(Numbers.fixed(next.0, decimals: 2)) are."
    }
    return text
  }

  func text() -> String {
    var lines = recall
    lines += list("Missed", report.missed)
    lines += precision
    if let judgements {
      lines.append("             " + Self.sentence(judgements, confidence: confidence))
    }
    if let passages = report.passages { lines += self.lines(passages) }
    lines += below
    lines += thresholds
    return lines.joined(separator: "\n") + "\n"
  }

  private var recall: [String] {
    let sample = Numbers.grouped(report.sampleCount)
    let compared =
      report.isCensus
      ? "All \(sample) that stay were compared with one another:"
      : "\(sample) of the \(Numbers.grouped(report.stayCount)) that stay were compared with all others:"
    let count = report.missed.count
    var result =
      "\(Numbers.count(count, "document")) \(count == 1 ? "repeats" : "repeat") an earlier one"
    result += " at \(number(report.threshold)) or more and \(count == 1 ? "was" : "were") missed."
    var lines = [
      "Recall       \(Numbers.count(report.dropCount, "document")) dropped as duplicates. \(compared)",
      "             " + result,
    ]
    if report.dropCount + count > 0 {
      lines.append("             Recall \(estimate(report.recall)).")
    }
    if report.dropCount > 0 {
      lines.append(
        "             By the probabilities of the bands \(Numbers.similarity(report.expectedRecall)) was to be expected."
      )
    }
    return lines
  }

  private func estimate(_ estimate: Audit.Report.Estimate) -> String {
    let value = Numbers.similarity(estimate.value)
    guard !report.isCensus else { return value }
    return "\(value), with \(number(100 * confidence)) % confidence "
      + "\(Numbers.similarity(estimate.lower)) to \(Numbers.similarity(estimate.upper))"
  }

  private var precision: [String] {
    var lines = [
      "Precision    \(Numbers.count(report.checkedCount, "drop")) computed again from the words: "
        + "\(Numbers.grouped(report.wrong.count)) wrong."
    ]
    for drop in report.wrong.prefix(10) {
      lines.append(
        "             \(SafeText.line(drop.id)): \(Numbers.similarity(drop.written)) in the manifest, "
          + "\(Numbers.similarity(drop.measured)) measured")
    }
    return lines
  }

  private func lines(_ passages: Audit.Report.Passages) -> [String] {
    var lines = [
      "Passages     \(Numbers.grouped(passages.checkedCount)) of "
        + "\(Numbers.count(passages.cutCount, "cut")) computed again from the words: "
        + "\(Numbers.grouped(passages.wrong.count)) wrong."
    ]
    for cut in passages.wrong.prefix(10) {
      lines.append(
        "             \(SafeText.line(cut.id)), bytes \(cut.span.lowerBound)-\(cut.span.upperBound): the kept "
          + "document has \(Numbers.similarity(cut.identity)) of the words")
    }
    let count = passages.left.count
    lines.append(
      "             \(Numbers.count(count, "document")) of \(Numbers.grouped(report.sampleCount)) "
        + "\(count == 1 ? "has" : "have") \(Numbers.grouped(passages.minimum)) words that an earlier one has "
        + "and no passage names.")
    if !report.isCensus {
      let all = passages.leftOfAll
      lines.append(
        "             That is about \(Numbers.grouped(Int(all.value.rounded()))) of all that stay, with "
          + "\(number(100 * confidence)) % confidence \(Numbers.grouped(Int(all.lower))) to "
          + "\(Numbers.grouped(Int(all.upper))).")
    }
    for left in passages.left.prefix(10) {
      lines.append(
        "             \(SafeText.line(left.id)) and \(SafeText.line(left.earlier))")
    }
    return lines
  }

  /// The documents of the sample by their similarity to an earlier one, from 0.5 to the threshold.
  private var below: [String] {
    var table = TextTable(columns: [.left, .right])
    let tenths = report.below.indices.filter { $0 >= 5 && Double($0) / 10 < report.threshold }
    guard !tenths.isEmpty else { return [] }
    for tenth in tenths {
      let end = min(report.threshold, Double(tenth + 1) / 10)
      table.append([
        "             \(number(Double(tenth) / 10)) to \(number(end))",
        Numbers.grouped(report.below[tenth]),
      ])
    }
    return [
      "Below        documents of the sample by their similarity to an earlier one:", table.text(),
    ]
      + list("Nearest", report.nearMisses)
  }

  private var thresholds: [String] {
    let about = report.isCensus ? "" : "about "
    let parts = report.thresholds.map {
      "\(number($0.threshold)): \(Numbers.grouped($0.nearDuplicates))"
    }
    return [
      "Thresholds   near-duplicates that each would drop, \(about)" + parts.joined(separator: "  ")
    ]
  }

  private func list(_ name: String, _ pairs: [Audit.Report.Pair]) -> [String] {
    pairs.prefix(10).enumerated().map { index, pair in
      (index == 0 ? name.padded : "".padded)
        + "\(Numbers.similarity(pair.similarity))  \(SafeText.line(pair.id)) and \(SafeText.line(pair.earlier))"
    }
  }

  /// A number with as many decimals as it has.
  private func number(_ value: Double) -> String {
    let text = "\((value * 1e6).rounded() / 1e6)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  func json() -> String {
    jsonReport { writer in
      writer.field("manifest", report.manifest)
      writer.field("threshold", report.threshold)
      writer.field("promised_recall", report.promisedRecall)
      writer.field("drops", report.dropCount)
      writer.field("stay", report.stayCount)
      writer.field("sample", report.sampleCount)
      writer.field("missed_in_sample", report.missed.count)
      if report.dropCount + report.missed.count > 0 {
        writer.field("recall", report.recall.value)
        writer.field("recall_lower", report.recall.lower)
        writer.field("recall_upper", report.recall.upper)
      }
      writer.field("confidence", confidence)
      if report.dropCount > 0 { writer.field("expected_recall", report.expectedRecall) }
      writer.field("drops_checked", report.checkedCount)
      writer.field("drops_wrong", report.wrong.count)
      if let judgements {
        writer.field("judged_same", judgements.same)
        writer.field("judged_different", judgements.different)
        writer.field("judged_unsure", judgements.unsure)
        if judgements.decided > 0 {
          let limits = judgements.interval(confidence: confidence)
          writer.field("judged_share", judgements.share)
          writer.field("judged_share_lower", limits.lowerBound)
          writer.field("judged_share_upper", limits.upperBound)
        }
      }
      for (name, pairs) in [("missed", report.missed), ("near_misses", report.nearMisses)] {
        writer.objects(name, pairs) { writer, pair in
          writer.field("id", pair.id)
          writer.field("row", pair.row)
          writer.field("earlier", pair.earlier)
          writer.field("earlier_row", pair.earlierRow)
          writer.field("similarity", pair.similarity)
        }
      }
      writer.objects("wrong", report.wrong) { writer, drop in
        writer.field("id", drop.id)
        writer.field("written", drop.written)
        writer.field("measured", drop.measured)
      }
      writer.objects("below", Array(report.below.enumerated())) { writer, bin in
        writer.field("from", Double(bin.offset) / 10)
        writer.field("documents", bin.element)
      }
      if let passages = report.passages {
        writer.object("passages") { writer in
          writer.field("minimum", passages.minimum)
          writer.field("cuts", passages.cutCount)
          writer.field("cuts_checked", passages.checkedCount)
          writer.field("cuts_wrong", passages.wrong.count)
          writer.field("left_in_sample", passages.left.count)
          writer.field("left", passages.leftOfAll.value)
          writer.field("left_lower", passages.leftOfAll.lower)
          writer.field("left_upper", passages.leftOfAll.upper)
          writer.objects("wrong", passages.wrong) { writer, cut in
            writer.field("id", cut.id)
            writer.field("start", cut.span.lowerBound)
            writer.field("end", cut.span.upperBound)
            writer.field("identity", cut.identity)
          }
          writer.objects("documents", passages.left) { writer, left in
            writer.field("id", left.id)
            writer.field("earlier", left.earlier)
          }
        }
      }
      writer.objects("thresholds", report.thresholds) { writer, threshold in
        writer.field("threshold", threshold.threshold)
        writer.field("near_duplicates", threshold.nearDuplicates)
      }
    }
  }
}

extension String {
  /// The text with spaces up to the column of the values.
  fileprivate var padded: String { self + String(repeating: " ", count: max(0, 13 - count)) }
}
