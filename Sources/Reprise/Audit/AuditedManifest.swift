internal import RepriseCore
internal import RepriseFormats

/// What an audit needs of a manifest: counts, and samples by a hash of file and offset.
struct AuditedManifest {
  /// A drop that is computed again.
  struct Drop {
    let row: Int
    let keptRow: Int
    let id: String
    let reason: ManifestEntry.Reason
    let similarity: Double
  }

  /// Whether the document of each row stays and has words.
  private(set) var stays: [Bool] = []
  private(set) var stayCount = 0
  /// The documents dropped because a document of the manifest has their text or words, or is similar.
  private(set) var dropCount = 0
  /// The similarities of those dropped as near-duplicates.
  private(set) var nearSimilarities: [Double] = []
  /// The rows of the sample, ascending.
  private(set) var sample: [Int] = []
  /// The drops to compute again, in no order.
  private(set) var drops: [Drop] = []
  /// The cuts to compute again, in no order.
  private(set) var cuts: [CutCheck.Cut] = []
  /// The number of cuts that name a document of the manifest.
  private(set) var cutCount = 0
  /// What is cut from the documents that stay, ascending.
  private(set) var cutSpans: [Int: [Range<Int>]] = [:]

  init(_ audit: Audit, _ cancellation: Cancellation) throws(CorpusError) {
    let reader = try ManifestReader(resultsFolder: audit.results)
    var sampled = LowestHashes<Int>(limit: audit.sampleSize)
    var checked = LowestHashes<Drop>(limit: audit.checkedDropCount)
    var checkedCuts = LowestHashes<CutCheck.Cut>(limit: audit.checkedDropCount)
    while let entry = try reader.next() {
      if stays.count.isMultiple(of: 1 << 12) { try cancellation.check() }
      let row = stays.count
      let isHere = (entry.status == .keep || entry.status == .trim) && entry.words > 0
      stays.append(isHere)
      let name = Array("\(audit.seed) \(entry.source)@\(entry.offset)".utf8)
      let hash = unsafe name.withUnsafeBytes { unsafe FileChecksum.hash(block: $0) }
      if isHere {
        stayCount += 1
        sampled.insert(row, hash)
      }
      if isHere, !entry.cuts.isEmpty { cutSpans[row] = entry.cuts.map { $0.start..<$0.end } }
      for cut in entry.cuts {
        // Of a reference document, the manifest has neither length nor cuts.
        guard let keptRow = cut.duplicateRow else { continue }
        cutCount += 1
        checkedCuts.insert(
          CutCheck.Cut(
            row: row, id: entry.id, keptRow: keptRow, span: cut.start..<cut.end,
            keptSpan: cut.sourceStart..<cut.sourceEnd, identity: cut.identity),
          hash &+ UInt64(truncatingIfNeeded: cut.start) &* 0x9E37_79B9_7F4A_7C15)
      }
      guard entry.status == .drop, let reason = entry.reason,
        [.exact, .words, .near].contains(reason), entry.words > 0
      else { continue }
      dropCount += 1
      guard let similarity = entry.similarity else { continue }
      if reason == .near { nearSimilarities.append(similarity) }
      // The length of a reference document is not in the manifest.
      guard let keptRow = entry.duplicateRow else { continue }
      checked.insert(
        Drop(row: row, keptRow: keptRow, id: entry.id, reason: reason, similarity: similarity), hash
      )
    }
    sample = sampled.values.sorted()
    drops = checked.values
    cuts = checkedCuts.values
  }
}

/// Keeps the values with the lowest hashes: a sample without replacement that does not depend on how
/// many there are.
private struct LowestHashes<Value> {
  private let limit: Int
  private var kept: [(hash: UInt64, value: Value)] = []
  private var bound = UInt64.max

  init(limit: Int) { self.limit = limit }

  var values: [Value] { kept.sorted { $0.hash < $1.hash }.prefix(limit).map { $0.value } }

  /// - Complexity: O(1) on average, O(log limit) while the sample fills.
  mutating func insert(_ value: Value, _ hash: UInt64) {
    guard limit > 0, hash <= bound else { return }
    kept.append((hash, value))
    guard kept.count >= 2 * limit else { return }
    kept.sort { $0.hash < $1.hash }
    kept.removeSubrange(limit...)
    bound = kept[limit - 1].hash
  }
}
