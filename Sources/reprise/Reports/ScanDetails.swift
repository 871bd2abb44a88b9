internal import Reprise

/// The tables that `--verbose` adds to a scan's summary.
struct ScanDetails {
  let summary: ScanSummary
  let threshold: Double

  /// The probability of becoming a candidate pair, by similarity, with the threshold marked.
  var bandTable: String {
    let bands = summary.scheme.bands
    var similarities = stride(from: 50, through: 95, by: 5).map { Double($0) / 100 }
    if !similarities.contains(where: { abs($0 - threshold) < 1e-9 }) {
      similarities.append(threshold)
      similarities.sort()
    }
    var table = TextTable(columns: [.right, .right, .left])
    for similarity in similarities {
      let probability = bands.candidateProbability(at: similarity)
      let isThreshold = abs(similarity - threshold) < 1e-9
      table.append([
        "  J = \(shortest(similarity))", percent(probability, at: similarity),
        isThreshold ? "<- threshold" : "",
      ])
    }
    let shape = "\(bands.bandCount) bands x \(bands.rowCount) rows"
    return
      "Probability of finding a pair of similarity J, with \(shape) of \(summary.scheme.slotCount) slots:\n"
      + table.text()
  }

  /// The number of candidate pairs, and how many of them were verified.
  var verification: String {
    let counts = summary.verification
    var table = TextTable(columns: [.left, .right])
    table.append(["  candidate pairs", Numbers.grouped(counts.candidates)])
    table.append(["  rejected by signature", Numbers.grouped(counts.screened)])
    table.append(["  compared exactly", Numbers.grouped(counts.compared)])
    table.append(["  verified pairs", Numbers.grouped(summary.pairCount)])
    if let recall = summary.expectedRecall {
      table.append(["  expected recall", Numbers.similarity(recall)])
    }
    return "Verification:\n" + table.text()
  }

  /// The time of each stage.
  var stageTable: String {
    var table = TextTable(columns: [.left, .right, .right])
    table.append(["Stage", "time", "CPU time"])
    for stage in summary.stages {
      table.append([
        "  " + stage.name, Numbers.fixed(stage.seconds, decimals: 2) + " s",
        Numbers.fixed(stage.processorSeconds, decimals: 2) + " s",
      ])
    }
    return table.text()
  }

  /// A percentage with two decimals, which is never 100 % for a probability below 1.
  private func percent(_ probability: Double, at similarity: Double) -> String {
    let text = Numbers.fixed(100 * probability, decimals: 2)
    return (similarity < 1 && text == "100.00" ? "> 99.99" : text) + " %"
  }

  /// Returns the number with two decimals, or as many as it needs.
  private func shortest(_ similarity: Double) -> String {
    let short = Numbers.fixed(similarity, decimals: 2)
    return Double(short) == similarity ? short : similarity.description
  }
}
