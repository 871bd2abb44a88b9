internal import RepriseCore
internal import RepriseEngine
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
  /// The number of shingles of the documents that stay, at most, and the sum of their squares.
  private var (wordCount, squares) = (0.0, 0.0)
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
        wordCount += Double(entry.words)
        squares += Double(entry.words) * Double(entry.words)
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
    sample = sampled.values.prefix(sampleLimit(audit)).sorted()
    drops = checked.values
    cuts = checkedCuts.values
  }

  /// The number of documents of the sample that the memory limit allows, at least 1.
  ///
  /// It depends on the sizes of all documents that stay, not on those of the sample: a sample that ends
  /// where the memory does would have too few long documents.
  private func sampleLimit(_ audit: Audit) -> Int {
    let all = min(audit.sampleSize, stayCount)
    guard let memory = audit.memoryLimit, all > 0 else { return all }
    let count = Double(stayCount)
    let mean = wordCount / count
    let deviation = max(0, squares / count - mean * mean).squareRoot()
    let words = Double(memory) / Double(Self.bytesPerWord)
    // The sum of a sample is rarely more than three standard deviations above what is expected.
    func fits(_ size: Int) -> Bool {
      let drawn = Double(size)
      // Without replacement, so the sum of all documents does not vary.
      let left = count > 1 ? (count - drawn) / (count - 1) : 0
      return drawn * mean + 3 * (drawn * left).squareRoot() * deviation <= words
    }
    var (low, high) = (1, all)
    while low < high {
      let middle = (low + high + 1) / 2
      if fits(middle) { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// The memory for a word of the sample: its shingle in the set, in the index and while that is sorted, and
  /// its window in the index of those.
  private static let bytesPerWord = 64
}
