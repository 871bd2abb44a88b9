internal import ArgumentParser
internal import Reprise

/// Which files are read, and how.
struct InputOptions: ParsableArguments {
  @Option(
    name: .customLong("include"),
    help: ArgumentHelp(
      "Read only those files of a folder that match; may be given several times.",
      valueName: "glob"),
    transform: ArgumentText.plain)
  var included: [String] = []

  @Option(
    name: .customLong("exclude"),
    help: ArgumentHelp(
      "Leave out those files of a folder that match; may be given several times.",
      valueName: "glob"),
    transform: ArgumentText.plain)
  var excluded: [String] = []

  @Flag(name: .customLong("hidden"), help: "Read files and folders whose names begin with a dot.")
  var includesHidden = false

  @Option(
    help: ArgumentHelp(
      "What the files hold: plain text, or one JSON object a line. (default: by name)",
      valueName: "format"))
  var format: RecordFormat?

  @Option(
    help: ArgumentHelp(
      "Split text files into articles: a line that matches ends one.", valueName: "regex"),
    transform: ArgumentText.plain)
  var splitAfter: String?

  @Option(
    help: ArgumentHelp(
      "Split text files into articles: a line that matches begins one.", valueName: "regex"),
    transform: ArgumentText.plain)
  var splitBefore: String?

  @Option(
    help: ArgumentHelp(
      """
      The encoding of files without a byte order mark; iconv --list names those that are known. \
      (default: \(ScanConfiguration.defaults.encoding))
      """,
      valueName: "name"),
    transform: ArgumentText.plain)
  var encoding = ScanConfiguration.defaults.encoding

  @Option(
    name: .customLong("max-document"),
    help: ArgumentHelp(
      """
      Pass over documents of more bytes, as 64M or 1G (default: 256M), and report them; archives that \
      expand far are read no further.
      """, valueName: "size"),
    transform: ByteCountArgument.parse)
  var maximumDocument = ScanConfiguration.defaults.maximumDocumentByteCount

  @Option(
    help: ArgumentHelp(
      """
      The field of a JSON Lines record that holds its text. (default: \
      \(ScanConfiguration.defaults.textField))
      """, valueName: "name"),
    transform: ArgumentText.plain)
  var textField = ScanConfiguration.defaults.textField

  @Option(
    help: ArgumentHelp(
      """
      The field of a JSON Lines record that holds its id. (default: \
      \(ScanConfiguration.defaults.idField))
      """, valueName: "name"),
    transform: ArgumentText.plain)
  var idField = ScanConfiguration.defaults.idField

  func validate() throws {
    if splitAfter != nil && splitBefore != nil {
      throw ValidationError(
        "--split-after and --split-before cannot be used together: a line either ends an article "
          + "or begins one.")
    }
    if splitAfter == "" || splitBefore == "" {
      throw ValidationError("An empty regular expression matches every line.")
    }
    if textField.isEmpty { throw ValidationError("--text-field needs the name of a field.") }
    if idField.isEmpty { throw ValidationError("--id-field needs the name of a field.") }
    if format == .jsonLines && articleSplit != nil {
      throw ValidationError(
        "--split-after and --split-before are for text files; --format says jsonl.")
    }
  }

  var articleSplit: ScanConfiguration.ArticleSplit? {
    if let splitAfter { return .after(splitAfter) }
    if let splitBefore { return .before(splitBefore) }
    return nil
  }
}
