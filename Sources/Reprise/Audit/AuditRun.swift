internal import RepriseCore
internal import RepriseEngine
internal import RepriseFormats

/// The steps of an audit.
struct AuditRun {
  private let audit: Audit
  private let cancellation: Cancellation
  private let summary: Summary
  private let texts: ScannedTexts
  private let rules: TokenRules
  private let shingleLength: Int
  private let threshold: Double
  /// The length of the shortest passage; nil if the scan did not look for passages.
  private let minimumPassage: Int?

  /// - Throws: `invalidResults` for a summary without the values that are needed.
  init(_ audit: Audit, _ cancellation: Cancellation) throws(CorpusError) {
    (self.audit, self.cancellation) = (audit, cancellation)
    summary = try Summary(readingFrom: audit.results)
    texts = ScannedTexts(summary)
    rules = TokenRules(scheme: summary.scheme)
    guard let length = summary.scheme["ngram"]?.integer,
      let threshold = summary.configuration["threshold"]?.double,
      summary.configuration["find"]?.string != FindScope.passages.rawValue
    else {
      throw .invalidResults(
        audit.results, "the run did not look for duplicate documents, so there is nothing to audit")
    }
    (shingleLength, self.threshold) = (length, threshold)
    minimumPassage =
      summary.configuration["find"]?.string == FindScope.documents.rawValue
      ? nil : summary.configuration["minimum_passage"]?.integer
  }

  func report() throws(CorpusError) -> Audit.Report {
    let manifest = try AuditedManifest(audit, cancellation)
    var shingles = DistinctShingles(length: shingleLength, rules)
    let passages = try minimumPassage.map { words throws(CorpusError) in
      try AuditedPassages(audit, summary, manifest, minimum: words, rules)
    }
    let (sets, wrong) = try readSample(manifest, &shingles, passages)
    let best = try compare(manifest, sets, &shingles, passages)
    return try report(manifest, best, wrong, passages)
  }

  /// Reads the shingles of the sample, and computes drops again.
  private func readSample(
    _ manifest: AuditedManifest, _ shingles: inout DistinctShingles,
    _ passages: AuditedPassages?
  ) throws(CorpusError) -> (sets: [[UInt64]], wrong: [Audit.Report.WrongDrop]) {
    let places = Dictionary(
      uniqueKeysWithValues: manifest.sample.enumerated().map { ($1, $0) })
    let wanted = Set(manifest.drops.flatMap { [$0.row, $0.keptRow] })
    var sets = [[UInt64]](repeating: [], count: manifest.sample.count)
    var kept: [Int: [UInt8]] = [:]
    unsafe try texts.forEach(in: audit.results, cancellation) { row, text throws(CorpusError) in
      if let place = places[row] { sets[place] = unsafe shingles.read(text) }
      if wanted.contains(row) { kept[row] = unsafe Array(text) }
      unsafe passages?.readSample(row, places[row], text)
    }
    passages?.endSample()
    let isExact = summary.configuration["verify"]?.string != VerificationMethod.signature.rawValue
    let check = DropCheck(
      shingleLength: shingleLength, rules, threshold: threshold, isExact: isExact)
    func wrong(_ drop: AuditedManifest.Drop) -> Audit.Report.WrongDrop? {
      check.wrong(drop, kept[drop.row] ?? [], kept[drop.keptRow] ?? [])
    }
    let suspects = manifest.drops.filter { wrong($0) != nil }
    // What the cuts leave of two texts can be similar where the whole texts are not.
    let near = suspects.filter { $0.reason == .near }
    try removeCuts(of: Set(near.flatMap { [$0.row, $0.keptRow] }), from: &kept)
    return (sets, suspects.compactMap(wrong))
  }

  /// Removes from texts what is cut.
  private func removeCuts(
    of rows: Set<Int>, from texts: inout [Int: [UInt8]]
  ) throws(CorpusError) {
    guard !rows.isEmpty else { return }
    let reader = try ManifestReader(resultsFolder: audit.results)
    while let (row, entry) = unsafe try reader.next(where: { row, _ in rows.contains(row) }) {
      guard var text = texts[row] else { continue }
      for cut in entry.cuts.reversed() where cut.start <= cut.end && cut.end <= text.count {
        text.removeSubrange(cut.start..<cut.end)
      }
      texts[row] = text
    }
  }

  /// Compares each document of the sample with all earlier ones that stay.
  ///
  /// - Returns: for each document of the sample the row of the most similar one, and the similarity.
  private func compare(
    _ manifest: AuditedManifest, _ sets: [[UInt64]], _ shingles: inout DistinctShingles,
    _ passages: AuditedPassages?
  ) throws(CorpusError) -> [(row: Int, similarity: Double)] {
    let index = SampledShingles(sets)
    var best = [(row: Int, similarity: Double)](repeating: (0, 0), count: sets.count)
    var hits = [UInt32](repeating: 0, count: sets.count)
    var touched: [Int] = []
    unsafe try texts.forEach(in: audit.results, cancellation) { row, text throws(CorpusError) in
      guard manifest.stays[row] else { return }
      let own = unsafe shingles.read(text)
      for shingle in own {
        index.forEachDocument(with: shingle) { document in
          if hits[document] == 0 { touched.append(document) }
          hits[document] += 1
        }
      }
      for document in touched {
        let shared = Int(hits[document])
        hits[document] = 0
        guard manifest.sample[document] > row else { continue }
        let similarity = Double(shared) / Double(own.count + sets[document].count - shared)
        if similarity > best[document].similarity { best[document] = (row, similarity) }
      }
      touched.removeAll(keepingCapacity: true)
      unsafe passages?.compare(row, text)
    }
    return best
  }

  private func report(
    _ manifest: AuditedManifest, _ best: [(row: Int, similarity: Double)],
    _ wrong: [Audit.Report.WrongDrop], _ passages: AuditedPassages?
  ) throws(CorpusError) -> Audit.Report {
    // A similarity exactly at the threshold is a ratio of two integers, rounded once.
    let order = best.indices.sorted { best[$0].similarity > best[$1].similarity }
    let missed = order.prefix { best[$0].similarity >= threshold }
    let near = order[missed.count...].prefix(10).prefix {
      best[$0].similarity > 0 && best[$0].similarity >= audit.floor
    }
    let names = try ids(
      of: (missed + near).flatMap { [manifest.sample[$0], best[$0].row] } + (passages?.rows ?? []))
    func pairs(_ documents: ArraySlice<Int>) -> [Audit.Report.Pair] {
      documents.map {
        Audit.Report.Pair(
          id: names[manifest.sample[$0]] ?? "", earlier: names[best[$0].row] ?? "",
          row: manifest.sample[$0], earlierRow: best[$0].row,
          similarity: best[$0].similarity)
      }
    }
    let limits = HypergeometricLimits(
      found: missed.count, sample: best.count, population: manifest.stayCount,
      confidence: audit.confidence)
    let scale = best.isEmpty ? 0 : Double(manifest.stayCount) / Double(best.count)
    func recall(_ missedCount: Double) -> Double {
      Double(manifest.dropCount) / (Double(manifest.dropCount) + missedCount)
    }
    var below = [Int](repeating: 0, count: 10)
    for one in best where one.similarity < threshold {
      below[min(9, Int(one.similarity * 10))] += 1
    }
    let thresholds = audit.thresholds.map { other in
      let found = manifest.nearSimilarities.count { $0 >= other }
      let left = best.count { $0.similarity >= other }
      return Audit.Report.Threshold(
        threshold: other, nearDuplicates: found + Int((Double(left) * scale).rounded()))
    }
    return Audit.Report(
      manifest: Audit.manifestName(summary), threshold: threshold,
      promisedRecall: summary.configuration["recall"]?.double ?? 0,
      dropCount: manifest.dropCount, stayCount: manifest.stayCount, sampleCount: best.count,
      missed: pairs(missed), nearMisses: pairs(near),
      recall: Audit.Report.Estimate(
        value: recall(Double(missed.count) * scale), lower: recall(Double(limits.upper)),
        upper: recall(Double(limits.lower))),
      expectedRecall: expectedRecall(manifest), checkedCount: manifest.drops.count, wrong: wrong,
      below: below, bins: bins(best.map(\.similarity), of: manifest),
      isLimitedByMemory: best.count < min(audit.sampleSize, manifest.stayCount),
      nearFifths: JudgementStrata.counts(manifest.nearSimilarities, threshold: threshold),
      passages: passages?.report(names), thresholds: thresholds)
  }

  /// Counts the documents of the sample below the threshold.
  private func bins(
    _ similarities: [Double], of manifest: AuditedManifest
  ) -> [Audit.Report.Bin] {
    guard audit.floor < threshold else { return [] }
    let tenths = (1...9).map { Double($0) / 10 }.filter { $0 > audit.floor && $0 < threshold }
    let bounds = [audit.floor] + tenths + [threshold]
    let scale =
      similarities.isEmpty ? 0 : Double(manifest.stayCount) / Double(similarities.count)
    return zip(bounds, bounds.dropFirst()).map { from, end in
      // A similarity of 0 is that of a document with no earlier one.
      let count = similarities.count { $0 >= from && $0 < end && $0 > 0 }
      let limits = HypergeometricLimits(
        found: count, sample: similarities.count, population: manifest.stayCount,
        confidence: audit.confidence)
      return Audit.Report.Bin(
        from: from, end: end, sampleCount: count,
        all: .init(
          value: Double(count) * scale, lower: Double(limits.lower), upper: Double(limits.upper)))
    }
  }

  /// The number found divided by the number that were there by the probabilities with which the bands
  /// find each (Horvitz and Thompson 1952).
  private func expectedRecall(_ manifest: AuditedManifest) -> Double {
    guard let count = summary.scheme["bands"]?.integer, let rows = summary.scheme["rows"]?.integer
    else { return .nan }
    let bands = BandShape(bandCount: count, rowCount: rows)
    let certain = Double(manifest.dropCount - manifest.nearSimilarities.count)
    let all = manifest.nearSimilarities.reduce(certain) { sum, similarity in
      sum + 1 / bands.candidateProbability(at: similarity)
    }
    return Double(manifest.dropCount) / all
  }

  /// The ids of the documents of rows.
  private func ids(of rows: [Int]) throws(CorpusError) -> [Int: String] {
    let wanted = Set(rows)
    var ids: [Int: String] = [:]
    let reader = try ManifestReader(resultsFolder: audit.results)
    while ids.count < wanted.count,
      let (row, entry) = unsafe try reader.next(where: { row, _ in wanted.contains(row) })
    {
      ids[row] = entry.id
    }
    return ids
  }
}

extension Audit {
  /// The size and hash of the manifest that a summary names.
  static func manifestName(_ summary: Summary) -> String {
    summary.files.first { $0.name == ResultsFolder.Name.manifest.rawValue }.map {
      "\($0.checksum)"
    } ?? ""
  }
}

/// Reads the distinct shingles of one text after another.
struct DistinctShingles: ~Copyable {
  private var tokens: TokenizedText
  private var ids: ShingleIDs

  init(length: Int, _ rules: TokenRules) {
    tokens = TokenizedText(rules: rules)
    ids = ShingleIDs(length: length)
  }

  /// The distinct shingles of a text, ascending.
  /// - Complexity: O(n log n) for n shingles.
  mutating func read(_ text: UnsafeRawBufferPointer) -> [UInt64] {
    // In bounds: the span is that of the text, which is valid during the call.
    unsafe tokens.read(text.bytes)
    ids.read(tokens)
    var all = ids.array
    all.sortDistinct()
    return all
  }
}
