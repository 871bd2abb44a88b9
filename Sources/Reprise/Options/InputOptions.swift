public import RepriseFormats

/// Selects the inputs of a run, and defines how they are split into documents.
public struct InputOptions: Hashable, Sendable {
  /// Files and folders to read; `-` is standard input.
  public var paths: [BytePath]
  /// Files that list more paths, one a line or separated by zeros; `-` is standard input.
  public var pathLists: [BytePath] = []
  /// Signature files that ``Sign`` wrote, in corpus order, instead of ``paths``.
  public var signatures: [BytePath] = []
  /// Reference documents: files, folders, and signature files that ``Sign`` wrote.
  ///
  /// They come first in keep order and are compared with all others. They are never dropped, cut or
  /// rewritten, and the results name them only as what a different document repeats.
  public var references: [BytePath] = []
  /// The files of a folder to read, and their format.
  public var selection = Selection()
  /// How to split text files into articles; nil if a file is one document.
  public var articles: ArticleSplit?
  /// The encoding of files without a byte order mark: a name that the system's `iconv` knows, or
  /// `auto` to detect the encoding of each file that is not UTF-8.
  public var encoding = "UTF-8"
  /// The size limit of a document's record in bytes: at most 1 GiB, by default 256 MiB.
  ///
  /// Larger records are skipped and reported.
  ///
  /// Documents of one-letter words need the most memory: about 18 times their size.
  public var maximumDocumentByteCount = 256 << 20
  /// The fields of a JSON record that hold its text; several are joined by a blank line.
  ///
  /// A field is a top-level name, or a path: `a.b`, `messages[].content` or `/a/b`.
  public var textFields = ["text"]
  /// The field of a JSON record that holds its id, named as in ``textFields``.
  ///
  /// A record without the field is named by its input and line.
  public var idField = "id"
  /// The byte between two fields of CSV: an ASCII character, not a quote or a line end.
  ///
  /// If it is nil, the header decides: a comma, a semicolon, a tab or a vertical bar. In TSV it is
  /// always a tab.
  public var delimiter: UInt8?
  /// True to report a document whose id an earlier document has.
  public var requiresUniqueIDs = false

  /// Text files whose passages are neither reported nor cut, such as licence headers.
  public var ignoredTexts: [BytePath] = []

  /// Creates options with the command's defaults, and those of a preset if there is one.
  public init(paths: [BytePath], preset: Preset? = nil) {
    self.paths = paths
    preset?.apply(to: &self)
  }

  /// True if the encoding of each file is detected.
  var detectsEncodings: Bool { encoding.lowercased() == "auto" }

  /// The files to read in folders.
  public struct Selection: Hashable, Sendable {
    /// Files in a folder must match at least one of these globs; if empty, every file is read.
    public var include: [String] = []
    /// Files and folders in a folder that match one of these globs are skipped.
    public var exclude: [String] = []
    /// True to read entries whose names begin with a dot.
    public var includesHidden = false
    /// True to leave out what the `.gitignore` and `.ignore` files in the folders name.
    public var readsIgnoreFiles = false
    /// The format of every file; nil means by the content of each.
    public var format: RecordFormat?

    /// Creates a selection of every file that is not hidden.
    public init() {}
  }

  /// How a matching line splits a text file into articles.
  public enum ArticleSplit: Hashable, Sendable {
    /// A line that matches the regular expression ends an article.
    case after(String)
    /// A line that matches the regular expression begins an article.
    case before(String)
  }
}
