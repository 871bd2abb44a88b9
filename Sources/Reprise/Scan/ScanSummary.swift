public import RepriseCore
public import RepriseCorpus

/// What a scan found, in numbers.
public struct ScanSummary: Sendable {
  /// Documents by what became of them.
  public struct DocumentCounts: Hashable, Sendable {
    /// All documents; the sum of the others.
    public var total = 0
    /// Documents that stay.
    public var kept = 0
    /// Documents that repeat a kept one token by token.
    public var exactDuplicates = 0
    /// Documents that are similar to a kept one.
    public var nearDuplicates = 0
    /// Documents that are nothing but passages of kept ones.
    public var passageDuplicates = 0
    /// Documents that stay without passages of kept ones.
    public var trimmed = 0
    /// Documents without a token; they stay, unless an earlier one is the same bytes.
    public var empty = 0
    /// Documents and records that could not be read; they stay.
    public var unreadable = 0
  }

  /// Text in bytes of UTF-8, by what became of it.
  public struct ByteCounts: Hashable, Sendable {
    /// The text of all documents.
    public var total = 0
    /// The text of documents that repeat a kept one token by token.
    public var exactDuplicates = 0
    /// The text of documents that are similar to a kept one.
    public var nearDuplicates = 0
    /// The text of passages that are cut, and of documents that are nothing but such.
    public var passages = 0
    /// What the input files hold, as stored.
    public var stored = 0
  }

  /// One of the largest clusters.
  public struct LargestCluster: Sendable {
    /// The cluster's number in the manifest.
    public let cluster: Int
    /// How many documents it has.
    public let memberCount: Int
    /// The id of its first survivor.
    public let id: String
    /// The title of its first survivor.
    public let title: String
  }

  /// One of the longest repeated passages.
  public struct LargestPassage: Sendable {
    /// The passage's number in `passages.jsonl`.
    public let passage: Int
    /// Its first line.
    public let title: String
    /// Its words in the kept place.
    public let words: Int
    /// Its bytes in the kept place.
    public let byteCount: Int
    /// How many places have it; of boilerplate how many documents.
    public let placeCount: Int
    /// True if so many documents have it that it is cut nowhere.
    public let isBoilerplate: Bool
    /// Where it stands, the kept place first; at most five places.
    public let occurrences: [PassageEntry.Occurrence]
  }

  /// A stage's share of the run.
  public struct Stage: Sendable {
    /// The stage.
    public let name: String
    /// Wall-clock seconds.
    public let seconds: Double
    /// Seconds of all cores.
    public let processorSeconds: Double
  }

  /// The results folder.
  public let output: BytePath
  /// The scheme and its parameters.
  public let scheme: Scheme
  /// Input files.
  public internal(set) var inputCount = 0
  /// Entries of folders that were not read.
  public internal(set) var leftOut = LeftOutEntries()
  /// Documents by what became of them.
  public internal(set) var documents = DocumentCounts()
  /// Text by what became of it.
  public internal(set) var bytes = ByteCounts()
  /// Lines of JSON Lines files with nothing but white space: no documents.
  public internal(set) var blankLineCount = 0
  /// Clusters of two documents or more.
  public internal(set) var clusterCount = 0
  /// Verified pairs.
  public internal(set) var pairCount = 0
  /// What verification did.
  public internal(set) var verification = VerificationCounts()
  /// How often a bucket had more survivors than a document is compared with.
  public internal(set) var survivorLimitHits = 0
  /// Problems, by class.
  public internal(set) var problems: [String: Int] = [:]
  /// The first problem of each class.
  public internal(set) var firstProblems: [String: Problem] = [:]
  /// False if something was read that cannot be read again, such as standard input: then
  /// ``Clean`` cannot write it.
  public internal(set) var canBeCleaned = true
  /// The five largest clusters.
  public internal(set) var largestClusters: [LargestCluster] = []
  /// Passages that stand in several places, boilerplate not counted.
  public internal(set) var passageCount = 0
  /// Passages that too many documents have to cut them.
  public internal(set) var boilerplateCount = 0
  /// The five passages with most bytes to cut, and then the boilerplate of most documents, at most
  /// five.
  public internal(set) var largestPassages: [LargestPassage] = []
  /// What failed without harm to the results, which are in their place: whole sentences.
  public internal(set) var warnings: [String] = []
  /// The stages in their order.
  public internal(set) var stages: [Stage] = []

  init(output: BytePath, scheme: Scheme) {
    self.output = output
    self.scheme = scheme
  }

  mutating func add(_ counts: OrderedLineWriter.Counts) {
    documents.total += counts.documents.total
    documents.kept += counts.documents.kept
    documents.exactDuplicates += counts.documents.exactDuplicates
    documents.nearDuplicates += counts.documents.nearDuplicates
    documents.passageDuplicates += counts.documents.passageDuplicates
    documents.trimmed += counts.documents.trimmed
    documents.empty += counts.documents.empty
    documents.unreadable += counts.documents.unreadable
    bytes.total += counts.bytes.total
    bytes.exactDuplicates += counts.bytes.exactDuplicates
    bytes.nearDuplicates += counts.bytes.nearDuplicates
    bytes.passages += counts.bytes.passages
  }

  /// Problems of all classes.
  public var problemCount: Int { problems.values.reduce(0, +) }
}
