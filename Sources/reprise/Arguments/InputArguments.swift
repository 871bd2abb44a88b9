internal import ArgumentParser
internal import Reprise

/// The options that select the input files and define how to read them.
struct InputArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Also read the files and folders that this file lists, one path per line, or separated by \
      zeros; - is standard input. Repeatable.
      """, valueName: "file"))
  var filesFrom: [BytePath] = []

  @Option(
    name: .customLong("include"),
    help: ArgumentHelp(
      """
      In folders, read only files that match this pattern; repeatable. Files given by path are \
      always read.
      """, valueName: "glob"),
    transform: ArgumentText.plain)
  var included: [String] = []

  @Option(
    name: .customLong("exclude"),
    help: ArgumentHelp(
      "In folders, skip files and folders that match this pattern; repeatable.",
      valueName: "glob"),
    transform: ArgumentText.plain)
  var excluded: [String] = []

  @Flag(
    name: .customLong("hidden"),
    help: "In folders, also read files and folders whose names begin with a dot.")
  var includesHidden = false

  @Flag(
    inversion: .prefixedNo,
    help: """
      In folders, skip what the .gitignore and .ignore files in them name, as git does.
      """)
  var gitignore = InputOptions.defaults.selection.readsIgnoreFiles

  @Option(
    help: ArgumentHelp(
      """
      Format of all inputs: plain text, one JSON object per line, a JSON array of objects, a table \
      with a header, separated by commas or tabs, or Parquet. (default: by the content of each)
      """, valueName: "format"))
  var format: RecordFormat?

  @Option(
    help: ArgumentHelp(
      """
      Character between two fields of CSV files, or the word tab. (default: the comma, semicolon, \
      tab or vertical bar that makes a column of the text)
      """, valueName: "character"),
    transform: DelimiterArgument.parse)
  var delimiter: UInt8?

  @Option(
    help: ArgumentHelp(
      "Split text files into articles: a matching line ends an article.", valueName: "regex"),
    transform: ArgumentText.plain)
  var splitAfter: String?

  @Option(
    help: ArgumentHelp(
      "Split text files into articles: a matching line begins an article.", valueName: "regex"),
    transform: ArgumentText.plain)
  var splitBefore: String?

  @Option(
    help: ArgumentHelp(
      """
      Encoding of files without a byte order mark: a name, as iconv --list prints them, or auto to \
      detect the encoding of each file that is not UTF-8. (default: \
      \(InputOptions.defaults.encoding))
      """,
      valueName: "name"),
    transform: ArgumentText.plain)
  var encoding = InputOptions.defaults.encoding

  @Option(
    name: .customLong("max-document"),
    help: ArgumentHelp(
      """
      Skip documents larger than this, such as 64M or 1G, and report them as problems. A compressed \
      file that is a single document is not decoded past this size. With --fold the limit is at most \
      64M. (default: 256M)
      """, valueName: "size"),
    transform: ByteCountArgument.parse)
  var maximumDocument = InputOptions.defaults.maximumDocumentByteCount

  @Option(
    name: .customLong("text-field"),
    help: ArgumentHelp(
      """
      Field of a record, or column, that holds the text: a name, or a path such as content.text, \
      /content/text or messages[].content, whose strings are joined by a line feed. Repeatable: \
      the fields are joined by a blank line. In CSV the name of a column. (default: \
      \(InputOptions.defaults.textFields.joined(separator: ", ")))
      """, valueName: "name"),
    transform: ArgumentText.plain)
  var textFields: [String] = []

  @Option(
    help: ArgumentHelp(
      """
      Field of a record, or column, that holds the document's id, named in the same way. (default: \
      \(InputOptions.defaults.idField))
      """, valueName: "name"),
    transform: ArgumentText.plain)
  var idField = InputOptions.defaults.idField

  @Flag(help: "Report documents whose id an earlier document has.")
  var uniqueIds = false

  func validate() throws {
    if filesFrom.contains("") { throw ValidationError("--files-from needs the name of a file.") }
    if splitAfter != nil && splitBefore != nil {
      throw ValidationError(
        "--split-after and --split-before cannot be used together: a line either ends an article "
          + "or begins one.")
    }
    if splitAfter == "" || splitBefore == "" {
      throw ValidationError("An empty regular expression matches every line.")
    }
    if textFields.contains("") { throw ValidationError("--text-field needs the name of a field.") }
    if idField.isEmpty { throw ValidationError("--id-field needs the name of a field.") }
    if delimiter != nil, let format, format != .csv {
      throw ValidationError(
        "--delimiter is for CSV files, and --format is \(format.rawValue).")
    }
    if format?.hasFields == true && articleSplit != nil {
      throw ValidationError(
        "--split-after and --split-before work on text files, and --format is \(format?.rawValue ?? "")."
      )
    }
  }

  var articleSplit: InputOptions.ArticleSplit? {
    if let splitAfter { return .after(splitAfter) }
    if let splitBefore { return .before(splitBefore) }
    return nil
  }
}
