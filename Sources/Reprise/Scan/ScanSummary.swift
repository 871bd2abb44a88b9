package import RepriseCore
internal import RepriseEngine
public import RepriseFormats

/// The counts of a finished scan.
public struct ScanSummary: Sendable {
  /// The numbers of documents by decision.
  public struct DocumentCounts: Hashable, Sendable {
    /// All documents: the sum of the other numbers.
    public var total = 0
    /// Documents that are kept whole.
    public var kept = 0
    /// Documents dropped because their text has the same bytes as that of a kept document.
    public var exactDuplicates = 0
    /// Documents dropped because their tokens equal those of a kept document with other bytes.
    public var wordDuplicates = 0
    /// Documents dropped because they are similar to a kept document.
    public var nearDuplicates = 0
    /// Documents dropped because one kept document has nearly all of their words.
    public var contained = 0
    /// Documents dropped because fewer words than required would be left of them.
    public var remnants = 0
    /// Documents dropped because they consist of passages of kept documents.
    public var passageDuplicates = 0
    /// Documents kept without the passages that they share with other kept documents.
    public var trimmed = 0
    /// Empty documents, which have no tokens.
    ///
    /// They remain, unless an earlier one has equal bytes.
    public var empty = 0
    /// Documents and records that could not be read.
    ///
    /// They remain.
    public var unreadable = 0

    /// The number of documents that ``Clean`` removes.
    public var removed: Int {
      exactDuplicates + wordDuplicates + nearDuplicates + contained + passageDuplicates + remnants
    }

    /// True if ``Clean`` removes anything: whole documents, or passages of trimmed ones.
    public var hasTextToRemove: Bool { removed > 0 || trimmed > 0 }
  }

  /// The amount of text by decision, in bytes of UTF-8.
  public struct ByteCounts: Hashable, Sendable {
    /// The text of all documents.
    public var total = 0
    /// The text of documents dropped as exact duplicates.
    public var exactDuplicates = 0
    /// The text of documents dropped because a kept document has the same tokens.
    public var wordDuplicates = 0
    /// The text of documents dropped as near-duplicates.
    public var nearDuplicates = 0
    /// The text of documents that a kept document contains.
    public var contained = 0
    /// The text of documents dropped because too few of their words would be left.
    public var remnants = 0
    /// The text of passages that are cut, and of documents that consist of such passages.
    public var passages = 0
    /// The size of the input files as stored.
    public var stored = 0

    /// The size of the text that ``Clean`` removes.
    public var removed: Int {
      exactDuplicates + wordDuplicates + nearDuplicates + contained + passages + remnants
    }
  }

  /// The numbers of words, which are the tokens of the documents.
  public struct WordCounts: Hashable, Sendable {
    /// The words of all documents.
    public var total = 0
    /// The words of dropped documents, and of what is cut from trimmed ones.
    public var removed = 0
  }

  /// One of the largest clusters.
  public struct LargestCluster: Sendable {
    /// The number of the cluster in the manifest.
    public let cluster: Int
    /// The number of its documents.
    public let memberCount: Int
    /// The id of its first survivor.
    public let id: String
    /// The title of its first survivor.
    public let title: String
  }

  /// One of the longest repeated passages.
  public struct LargestPassage: Sendable {
    /// The number of the passage in `passages.jsonl`.
    public let passage: Int
    /// The first line of the passage.
    public let title: String
    /// The number of words of its kept occurrence.
    public let words: Int
    /// The number of bytes of its kept occurrence.
    public let byteCount: Int
    /// The number of its occurrences; for boilerplate, the number of documents.
    public let placeCount: Int
    /// True if too many documents share the passage, so that it is not cut.
    public let isBoilerplate: Bool
    /// At most five occurrences, the kept one first.
    public let occurrences: [PassageEntry.Occurrence]
    /// The number of bytes of each of these occurrences that `clean` removes.
    public let removedByteCounts: [Int]
  }

  /// The times of one stage of the run.
  public struct Stage: Sendable {
    /// The name of the stage.
    public let name: String
    /// The wall-clock time in seconds.
    public internal(set) var seconds: Double
    /// The processor time in seconds, of all cores together.
    public internal(set) var processorSeconds: Double
  }

  /// The results folder.
  public let output: BytePath
  /// The scheme and its parameters.
  package let scheme: Scheme
  /// The preset that the options began with.
  public internal(set) var preset: Preset?
  /// The number of reference documents.
  public internal(set) var referenceCount = 0
  /// The number of input files.
  public internal(set) var inputCount = 0
  /// The numbers of folder entries that were not read.
  package internal(set) var leftOut = LeftOutEntries()
  /// The numbers of documents by decision.
  public internal(set) var documents = DocumentCounts()
  /// The amount of text by decision.
  public internal(set) var bytes = ByteCounts()
  /// The numbers of words.
  public internal(set) var words = WordCounts()
  /// The number of documents with the bytes of another one, whatever the threshold.
  public internal(set) var sameTextCount = 0
  /// The number of documents with the tokens of another one but other bytes, whatever the
  /// threshold.
  public internal(set) var sameWordsCount = 0
  /// The similarities of the documents that are dropped as near-duplicates.
  package internal(set) var nearSimilarities = SimilarityHistogram()
  /// The number of blank lines in JSON Lines files, which are not documents.
  public internal(set) var blankLineCount = 0
  /// The number of clusters; each has at least two documents.
  public internal(set) var clusterCount = 0
  /// The number of verified pairs.
  public internal(set) var pairCount = 0
  /// The counts of the verification stage.
  package internal(set) var verification = VerificationCounts()
  /// The number of times that a bucket had more survivors than one document is compared with.
  public internal(set) var survivorLimitHits = 0
  /// The number of problems of each class.
  public internal(set) var problems: [String: Int] = [:]
  /// The first problem of each class.
  public internal(set) var firstProblems: [String: Problem] = [:]
  /// False if an input cannot be read again, such as standard input, so that ``Clean`` cannot
  /// process the results.
  public internal(set) var canBeCleaned = true
  /// The five largest clusters.
  public internal(set) var largestClusters: [LargestCluster] = []
  /// The number of repeated passages, without boilerplate.
  public internal(set) var passageCount = 0
  /// The number of passages that too many documents share to be cut.
  public internal(set) var boilerplateCount = 0
  /// The five passages with the most bytes to cut, then the boilerplate in the most documents, at
  /// most five.
  public internal(set) var largestPassages: [LargestPassage] = []
  /// Failures that do not affect the published results, as whole sentences.
  public internal(set) var warnings: [String] = []
  /// The stages in the order in which they ran.
  public internal(set) var stages: [Stage] = []
  /// The content of `summary.json`.
  package internal(set) var file = JSONTree.null

  init(output: BytePath, scheme: Scheme) {
    self.output = output
    self.scheme = scheme
  }

  mutating func add(_ counts: OrderedLineWriter.Counts) {
    documents.total += counts.documents.total
    documents.kept += counts.documents.kept
    documents.exactDuplicates += counts.documents.exactDuplicates
    documents.wordDuplicates += counts.documents.wordDuplicates
    documents.nearDuplicates += counts.documents.nearDuplicates
    documents.contained += counts.documents.contained
    documents.remnants += counts.documents.remnants
    documents.passageDuplicates += counts.documents.passageDuplicates
    documents.trimmed += counts.documents.trimmed
    documents.empty += counts.documents.empty
    documents.unreadable += counts.documents.unreadable
    bytes.total += counts.bytes.total
    bytes.exactDuplicates += counts.bytes.exactDuplicates
    bytes.wordDuplicates += counts.bytes.wordDuplicates
    bytes.nearDuplicates += counts.bytes.nearDuplicates
    bytes.contained += counts.bytes.contained
    bytes.remnants += counts.bytes.remnants
    bytes.passages += counts.bytes.passages
    words.total += counts.words.total
    words.removed += counts.words.removed
  }

  /// The share of duplicates that the bands were to find, estimated from those that were found: each
  /// counts as one divided by the probability of finding it (Horvitz and Thompson 1952).
  ///
  /// It is nil if there are none. Similarities are known here by hundredths; ``Audit`` has them
  /// exactly, and compares a sample with all documents.
  public var expectedRecall: Double? {
    let certain = documents.exactDuplicates + documents.wordDuplicates
    guard certain + documents.nearDuplicates > 0 else { return nil }
    var (found, all) = (Double(certain), Double(certain))
    for (hundredth, count) in nearSimilarities.counts.enumerated() where count > 0 {
      let similarity = (Double(hundredth) + 0.5) / 100
      found += Double(count)
      all += Double(count) / scheme.bands.candidateProbability(at: similarity)
    }
    return found / all
  }

  /// The number of problems of all classes.
  public var problemCount: Int { problems.values.reduce(0, +) }
}
