public import RepriseCore
public import RepriseFormats

/// The parameters of a scan: its inputs, the definition of a duplicate, its limits and its output.
public struct ScanConfiguration: Sendable {
  /// Files and folders to read; `-` is standard input.
  public var paths: [BytePath]
  /// The files of a folder to read, and their format.
  public var selection = Selection()
  /// How to split text files into articles; nil if a file is one document.
  public var articles: ArticleSplit?
  /// The encoding of files without a byte order mark: a name that the system's `iconv` knows.
  public var encoding = "UTF-8"
  /// The size limit of a document's record in bytes: at most 1 GiB, by default 256 MiB.
  ///
  /// Larger records are skipped and reported.
  ///
  /// Documents of one-letter words need the most memory: about 18 times their size.
  public var maximumDocumentByteCount = 256 << 20
  /// The top-level field of a JSON Lines record that holds its text.
  public var textField = "text"
  /// The top-level field of a JSON Lines record that holds its id.
  ///
  /// A record without the field is named by its input and line.
  public var idField = "id"

  /// The minimum Jaccard similarity of near-duplicates: above 0, at most 1.
  public var threshold = 0.8
  /// The minimum probability that a pair exactly at the threshold becomes a candidate pair.
  public var recall = 0.95
  /// The number of tokens in a shingle.
  public var shingleLength = 5
  /// The differences to ignore besides case.
  public var folding: Folding = []
  /// The number of slots in a signature: a power of two from 64 to 1024.
  public var slotCount = 256
  /// The algorithm that computes signatures.
  public var signatureMethod = SignatureMethod.sketch
  /// How candidate pairs are verified.
  public var verification = Verification.exact
  /// Whether to find duplicate documents, repeated passages, or both.
  public var find = Find.all
  /// The length of the shortest passage to find, in words: at least 16.
  public var minimumPassage = 50
  /// Which document of a cluster to prefer.
  public var keep = KeepPolicy.first

  /// The size of a chunk in bytes, which a thread reads at once.
  ///
  /// It does not change any result. Tests vary it.
  var chunkByteCount = 1 << 20

  /// The memory in bytes for grouping and for components that are verified together.
  ///
  /// If set, no section of the signature file is resident. Nil means the remainder of ``memory``.
  ///
  /// It does not change any result. Tests vary it.
  var workByteCount: Int?
  /// The memory for passages, in bytes; nil: what ``memory`` leaves.
  ///
  /// It changes no result; tests vary it.
  var passageByteCount: Int?
  /// Called with the number of chunks, or pieces of chunks, that this run has written; true stops
  /// it.
  ///
  /// Tests stop runs where a kill could have.
  var stopsAfter: @Sendable (_ blockCount: Int) -> Bool = { _ in false }

  /// How many documents there can be.
  ///
  /// Tests lower it.
  var documentLimit = DocumentLimit()

  /// True to stop at the first problem instead of listing all problems in the results.
  public var isStrict = false
  /// The number of threads.
  public var threads = Workers.availableCores
  /// The memory limit in bytes; nil means half of the machine's memory.
  public var memory: Int?
  /// The results folder.
  public var output: BytePath = "reprise-results"
  /// The folder for temporary files and for everything that a resumed run needs; nil means a hidden
  /// folder next to the results folder.
  public var scratch: BytePath?
  /// True to continue a stopped run that had the same parameters.
  public var resumes = false
  /// False to begin even if the disk seems to have less room than the run needs.
  public var checksDisk = true
  /// Called before anything is read with the bytes that the run needs in its scratch folder for a
  /// time, and for its results, both estimated from the sizes of the files.
  public var onDiskEstimate: @Sendable (_ scratch: Int, _ results: Int) -> Void = { _, _ in }
  /// Signature files that ``Sign`` wrote, in corpus order, instead of ``paths``.
  public var signatures: [BytePath] = []

  /// Creates a configuration with the command's defaults.
  public init(paths: [BytePath]) {
    self.paths = paths
  }

  /// The files to read in folders.
  public struct Selection: Sendable {
    /// Files in a folder must match at least one of these globs; if empty, every file is read.
    public var include: [String] = []
    /// Files and folders in a folder that match one of these globs are skipped.
    public var exclude: [String] = []
    /// True to read entries whose names begin with a dot.
    public var includesHidden = false
    /// The format of every file; nil means by file name.
    public var format: RecordFormat?

    /// Creates a selection of every file that is not hidden.
    public init() {}
  }

  /// How a matching line splits a text file into articles.
  public enum ArticleSplit: Hashable, Sendable {
    /// A matching line ends an article.
    case after(String)
    /// A matching line begins an article.
    case before(String)
  }

  /// The kinds of repetition that a scan finds.
  public enum Find: String, Sendable, CaseIterable {
    /// Duplicate documents, exact ones and near-duplicates.
    case documents
    /// Repeated passages.
    case passages
    /// Both: duplicates first, then passages in the documents that are kept.
    case all
  }

  /// How candidate pairs are verified.
  public enum Verification: String, Sendable, CaseIterable {
    /// By the exact Jaccard similarity of the shingle sets. The candidates' texts are read again.
    case exact
    /// By an estimate from the signatures, which is faster but can be wrong.
    case signature
  }
}
