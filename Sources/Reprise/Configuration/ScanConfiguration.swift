public import RepriseCore
public import RepriseCorpus

/// What to scan, what counts as a duplicate, and where the results go.
public struct ScanConfiguration: Sendable {
  /// Files and folders; `-` is standard input.
  public var paths: [BytePath]
  /// Which files of a folder are read, and as what.
  public var selection = Selection()
  /// How a text file is split into articles; nil: a file is one document.
  public var articles: ArticleSplit?
  /// The encoding of files without a byte order mark: a name that the system's `iconv` knows.
  public var encoding = "UTF-8"
  /// The most bytes that a document's record may have, 256 MiB unless stated, at most 1 GiB; longer
  /// ones are passed over and reported.
  ///
  /// A document of so many words of one letter takes about eighteen times its bytes of memory.
  public var maximumDocumentByteCount = 256 << 20
  /// The top-level field of a JSON Lines record that holds its text.
  public var textField = "text"
  /// The top-level field of a JSON Lines record that holds its id; a record without it is named by
  /// its input and line.
  public var idField = "id"

  /// The Jaccard similarity from which on two documents are near-duplicates, over 0, at most 1.
  public var threshold = 0.8
  /// The least probability with which a pair at the threshold must become a candidate.
  public var recall = 0.95
  /// Tokens in a shingle.
  public var shingleLength = 5
  /// What else than case is taken for the same.
  public var folding: Folding = []
  /// Slots in a signature: a power of two from 64 to 1024.
  public var slotCount = 256
  /// How signatures are computed.
  public var signatureMethod = SignatureMethod.sketch
  /// How candidate pairs are decided.
  public var verification = Verification.exact
  /// What is looked for.
  public var find = Find.all
  /// The length from which on passages are found, in words, at least 16.
  public var minimumPassage = 50
  /// Which document of a cluster stays.
  public var keep = KeepPolicy.first

  /// The bytes of a file that a thread reads at once.
  ///
  /// It changes no result; tests vary it.
  var chunkByteCount = 1 << 20

  /// The memory for grouping and for components that are verified together, in bytes, and records
  /// are not kept in memory; nil: what ``memory`` leaves.
  ///
  /// It changes no result; tests vary it.
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

  /// True to stop at the first problem, instead of naming all of them in the results.
  public var isStrict = false
  /// Threads that work at once.
  public var threads = Workers.availableCores
  /// The memory that the run may take, in bytes; nil: half of what the machine has.
  public var memory: Int?
  /// The results folder.
  public var output: BytePath = "reprise-results"
  /// The folder for what the run may go on from, and for temporary files; nil: a hidden one beside
  /// the results folder.
  public var scratch: BytePath?
  /// True to go on from where a run with the same parameters was stopped.
  public var resumes = false
  /// False to begin even if the disk seems to have less room than the run needs.
  public var checksDisk = true
  /// Called before anything is read with the bytes that the run needs in its scratch folder for a
  /// time, and for its results, both estimated from the sizes of the files.
  public var onDiskEstimate: @Sendable (_ scratch: Int, _ results: Int) -> Void = { _, _ in }
  /// Signature files that ``Sign`` wrote, in corpus order, in place of ``paths``.
  public var signatures: [BytePath] = []

  /// Creates a configuration with the command's defaults.
  public init(paths: [BytePath]) {
    self.paths = paths
  }

  /// Which files are read.
  public struct Selection: Sendable {
    /// Globs of which a file of a folder must match one; none: every file.
    public var include: [String] = []
    /// Globs of which a file of a folder must match none.
    public var exclude: [String] = []
    /// True to read names that begin with a dot.
    public var includesHidden = false
    /// The format of every file; nil: by name.
    public var format: RecordFormat?

    /// Creates the selection of everything that is not hidden.
    public init() {}
  }

  /// Where articles end or begin in a text file.
  public enum ArticleSplit: Hashable, Sendable {
    /// A line that matches ends an article.
    case after(String)
    /// A line that matches begins an article.
    case before(String)
  }

  /// What is looked for.
  public enum Find: String, Sendable, CaseIterable {
    /// Documents that repeat others, exactly or nearly.
    case documents
    /// Passages that stand in several places.
    case passages
    /// Both: passages of the documents that stay.
    case all
  }

  /// How candidate pairs are decided.
  public enum Verification: String, Sendable, CaseIterable {
    /// By the exact Jaccard similarity of the shingle sets; the candidates' texts are read again.
    case exact
    /// By the signatures' estimate: faster, and not a proof.
    case signature
  }
}
