internal import Reprise

/// What people said of near-duplicates, as text and as JSON.
struct JudgementText {
  private let counts: JudgementCounts
  private let strata: JudgementStrata?
  private let confidence: Double

  /// - Parameters:
  ///   - judgements: what people said.
  ///   - strata: the judgements by similarity; nil if they are of one sample.
  ///   - confidence: the confidence of intervals.
  init(_ judgements: [Judgement], _ strata: JudgementStrata?, confidence: Double) {
    (counts, self.strata, self.confidence) = (JudgementCounts(judgements), strata, confidence)
  }

  /// A sentence, and a table of the judgements by similarity.
  var lines: [String] {
    let unsure = counts.unsure > 0 ? "; \(Numbers.grouped(counts.unsure)) unsure" : ""
    guard counts.decided > 0 else { return ["nothing is judged yet\(unsure)."] }
    var text = "\(Numbers.count(counts.decided, "near-duplicate")) judged by people: "
    text +=
      "\(Numbers.grouped(counts.same)) the same, \(Numbers.grouped(counts.different)) different"
    guard let strata else {
      let limits = counts.interval(confidence: confidence)
      return ["\(text): \(share(counts.share, limits))\(unsure).\(next)"]
    }
    if let value = strata.share, let limits = strata.interval(confidence: confidence) {
      text += ", by similarity: \(share(value, limits)) of all\(unsure)."
    } else {
      text += "\(unsure). The share of all is not known: some similarities are not judged yet."
    }
    return [text] + table(strata)
  }

  private func table(_ strata: JudgementStrata) -> [String] {
    var table = TextTable(columns: [.left, .right, .right, .right])
    table.append(["similarity", "dropped", "judged", "the same"])
    for stratum in strata.strata {
      table.append([
        "\(Numbers.fixed(stratum.from, decimals: 2)) to \(Numbers.fixed(stratum.end, decimals: 2))",
        Numbers.grouped(stratum.total), Numbers.grouped(stratum.judged.decided),
        Numbers.grouped(stratum.judged.same),
      ])
    }
    return table.text().split(separator: "\n").map(String.init)
  }

  private func share(_ share: Double, _ limits: ClosedRange<Double>) -> String {
    "\(Numbers.fixed(share, decimals: 2)) (\(Numbers.fixed(limits.lowerBound, decimals: 2)) "
      + "to \(Numbers.fixed(limits.upperBound, decimals: 2)))"
  }

  /// The share that further judgements could show; empty if they cannot.
  private var next: String {
    let next = [0.9, 0.95, 0.98, 0.99].lazy.compactMap { share in
      counts.remaining(toShow: share, confidence: confidence).map { (share, $0) }
    }.first { $0.1 > 0 }
    guard let next else { return "" }
    return " After \(Numbers.grouped(next.1)) more that are the same, at least "
      + "\(Numbers.fixed(next.0, decimals: 2)) are."
  }

  /// Writes the fields of the judgements.
  func write(to writer: inout JSONWriter) {
    writer.field("judged_same", counts.same)
    writer.field("judged_different", counts.different)
    writer.field("judged_unsure", counts.unsure)
    let value = strata.map(\.share) ?? (counts.decided > 0 ? counts.share : nil)
    let limits =
      strata.map { $0.interval(confidence: confidence) }
      ?? counts.interval(confidence: confidence)
    if let value, let limits {
      writer.field("judged_share", value)
      writer.field("judged_share_lower", limits.lowerBound)
      writer.field("judged_share_upper", limits.upperBound)
    }
    guard let strata else { return }
    writer.objects("judged_by_similarity", strata.strata) { writer, stratum in
      writer.field("from", stratum.from)
      writer.field("to", stratum.end)
      writer.field("dropped", stratum.total)
      writer.field("same", stratum.judged.same)
      writer.field("different", stratum.judged.different)
      writer.field("unsure", stratum.judged.unsure)
    }
  }
}
