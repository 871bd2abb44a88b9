internal import Reprise

/// The result of an audit as text and as JSON.
struct AuditText {
  private let report: Audit.Report
  private let judgements: JudgementText?
  private let confidence: Double

  init(_ report: Audit.Report, _ judgements: [Judgement]?, confidence: Double) {
    (self.report, self.confidence) = (report, confidence)
    self.judgements = judgements.map { judgements in
      // What was not chosen at random among all is weighted by the numbers of the scan.
      let strata =
        judgements.contains { $0.kind == .bySimilarity }
        ? JudgementStrata(judgements, threshold: report.threshold, totals: report.nearFifths) : nil
      return JudgementText(judgements, strata, confidence: confidence)
    }
  }

  func text() -> String {
    var lines = recall
    lines += list("Missed", report.missed)
    lines += precision
    if let judgements { lines += judgements.lines.map { "             " + $0 } }
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
    // Why the sample is smaller than was asked for.
    let limit =
      report.isLimitedByMemory
      ? ["             The sample is as large as --memory allows."] : []
    var result =
      "\(Numbers.count(count, "document")) \(count == 1 ? "repeats" : "repeat") an earlier one"
    result += " at \(number(report.threshold)) or more and \(count == 1 ? "was" : "were") missed."
    var lines = [
      "Recall       \(Numbers.count(report.dropCount, "document")) dropped as duplicates. \(compared)"
    ]
    lines += ["             " + result] + limit
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

  /// The documents by their similarity to an earlier one, from the floor to the threshold.
  private var below: [String] {
    guard !report.bins.isEmpty else { return [] }
    var table = TextTable(columns: [.left, .right] + (report.isCensus ? [] : [.left]))
    for bin in report.bins {
      let cells = [
        "             \(number(bin.from)) to \(number(bin.end))", Numbers.grouped(bin.sampleCount),
      ]
      table.append(report.isCensus ? cells : cells + [all(bin.all)])
    }
    let confidence =
      report.isCensus ? "" : ", and with \(number(100 * confidence)) % confidence of all that stay"
    return [
      "Below        documents \(report.isCensus ? "" : "of the sample ")by their similarity to an "
        + "earlier one\(confidence):", table.text(),
    ]
      + list("Nearest", report.nearMisses)
  }

  /// The number of all documents that stay, with its limits.
  private func all(_ estimate: Audit.Report.Estimate) -> String {
    "\(Numbers.grouped(Int(estimate.lower))) to \(Numbers.grouped(Int(estimate.upper)))"
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
      writer.field("limited_by_memory", report.isLimitedByMemory)
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
      judgements?.write(to: &writer)
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
      writer.objects("below", report.bins) { writer, bin in
        writer.field("from", bin.from)
        writer.field("to", bin.end)
        writer.field("documents", bin.sampleCount)
        writer.field("all", bin.all.value)
        writer.field("all_lower", bin.all.lower)
        writer.field("all_upper", bin.all.upper)
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
