internal import RepriseFormats

/// The result of an audit, as `reprise audit --json` writes it.
struct ReportAudit {
  struct Pair {
    var row: Int
    var earlierRow: Int
    var similarity: Double
  }

  let stayCount: Int
  let sampleCount: Int
  let missedCount: Int
  let confidence: Double
  /// The recall with its limits; nil if nothing was there to be found.
  let recall: (value: Double, lower: Double, upper: Double)?
  let checkedCount: Int
  let wrongCount: Int
  let nearMisses: [Pair]
  /// The cuts that were computed again, those that were wrong, and the documents of the sample with words that
  /// no passage names; nil if passages were not audited.
  let passages: (minimum: Int, checked: Int, wrong: Int, left: Int)?
  /// The near-duplicates that each threshold would drop.
  let thresholds: [Double: Int]

  var isCensus: Bool { stayCount == sampleCount }

  /// Reads the file.
  ///
  /// - Throws: `cannotOpen`, `cannotRead`, or `invalidResults` for a file that is not an audit, or is
  ///   one of other results.
  init(readingFrom path: BytePath, of summary: Summary) throws(CorpusError) {
    let content = try InputFile.content(of: path, limit: 256 << 20)
    let tree: JSONTree
    do throws(JSONSyntaxError) {
      tree = try JSONTree(parsing: content)
    } catch {
      throw .invalidResults(path, error.sentence, line: 1)
    }
    guard let manifest = tree["manifest"]?.string, let stays = tree["stay"]?.integer,
      let sample = tree["sample"]?.integer, let missed = tree["missed_in_sample"]?.integer,
      let confidence = tree["confidence"]?.double, let checked = tree["drops_checked"]?.integer,
      let wrong = tree["drops_wrong"]?.integer, let near = tree["near_misses"]?.array,
      let thresholds = tree["thresholds"]?.array
    else {
      throw .invalidResults(path, "the file is not written by reprise audit --json", line: 1)
    }
    guard manifest == Audit.manifestName(summary) else {
      throw .invalidResults(path, "the audit is of other results", line: 1)
    }
    (stayCount, sampleCount, missedCount) = (stays, sample, missed)
    (self.confidence, checkedCount, wrongCount) = (confidence, checked, wrong)
    if let value = tree["recall"]?.double, let lower = tree["recall_lower"]?.double,
      let upper = tree["recall_upper"]?.double
    {
      recall = (value, lower, upper)
    } else {
      recall = nil
    }
    if let part = tree["passages"], let minimum = part["minimum"]?.integer,
      let checked = part["cuts_checked"]?.integer, let wrong = part["cuts_wrong"]?.integer,
      let left = part["left_in_sample"]?.integer
    {
      passages = (minimum, checked, wrong, left)
    } else {
      passages = nil
    }
    nearMisses = near.compactMap { pair in
      guard let row = pair["row"]?.integer, let earlier = pair["earlier_row"]?.integer,
        let similarity = pair["similarity"]?.double
      else { return nil }
      return Pair(row: row, earlierRow: earlier, similarity: similarity)
    }
    var counts: [Double: Int] = [:]
    for entry in thresholds {
      if let value = entry["threshold"]?.double, let count = entry["near_duplicates"]?.integer {
        counts[value] = count
      }
    }
    self.thresholds = counts
  }
}
