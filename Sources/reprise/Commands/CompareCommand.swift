internal import ArgumentParser
internal import Reprise

/// The arguments of `reprise compare`, and the command itself.
struct CompareCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Measure how similar two files are, and show what they share.",
    usage: "reprise compare <file> <other> [options]",
    discussion: """
      Compares two files, each as one document. Prints their exact similarity, the
      estimate from signatures, how much of each file the other contains, and the
      passages they share, side by side, with differing words marked.

      A file is plain or compressed; - is standard input. FILE#LINE is the JSON
      record that begins on a line, as the manifest names it.

      EXAMPLES
        reprise compare draft.txt final.txt
        reprise compare draft.txt final.txt --ngram 3 --json
        reprise compare 'crawl.jsonl.zst#1' 'crawl.jsonl.zst#2' --text-field body
      """)

  @Argument(help: "The first file.", completion: .file())
  var file: BytePath

  @Argument(help: "The second file.", completion: .file())
  var other: BytePath

  @Option(
    help: ArgumentHelp(
      """
      Encoding of files without a byte order mark: a name, as iconv --list prints them, or auto to \
      detect the encoding of each file that is not UTF-8. (default: \
      \(InputOptions.defaults.encoding))
      """, valueName: "name"),
    transform: ArgumentText.plain)
  var encoding = InputOptions.defaults.encoding

  @Option(
    name: .customLong("text-field"),
    help: ArgumentHelp(
      """
      Compare this field of JSON records, a name or a path as in reprise scan, and not the files as \
      they are; repeatable. A file must have one record, or the line is named. (default for \
      FILE#LINE: text)
      """, valueName: "name"),
    transform: ArgumentText.plain)
  var textFields: [String] = []

  @Option(
    help: ArgumentHelp(
      """
      Words per shingle, 1 to 1000; in scripts without spaces, characters. Shorter shingles match \
      looser copies.
      """, valueName: "words"))
  var ngram = MatchingOptions.defaults.shingleLength

  @OptionGroup var presets: PresetArguments
  @OptionGroup var tokens: TokenArguments

  @Option(
    help: ArgumentHelp(
      "Hash values per signature, for the estimate: 64, 128, 256, 512 or 1024.",
      valueName: "count"))
  var slots = MatchingOptions.defaults.slotCount

  @Option(
    name: .customLong("min-passage"),
    help: ArgumentHelp(
      """
      Length of the shortest passage to find, at least 16. In scripts without spaces, two characters \
      count as one word.
      """, valueName: "words"))
  var minimumPassage = MatchingOptions.defaults.minimumPassage

  @OptionGroup var identity: IdentityArguments

  @Flag(help: "Print the comparison as one JSON object.")
  var json = false

  func validate() throws {
    if textFields.contains("") { throw ValidationError("--text-field needs the name of a field.") }
    if file == "-" && other == "-" {
      throw ValidationError("Standard input (-) can be read only once.")
    }
  }

  func execute() throws -> ExitStatus {
    var reading = Comparison.Reading()
    (reading.encoding, reading.textFields) = (encoding, textFields)
    let comparison: Comparison
    do throws(RepriseError) {
      comparison = try Comparison(
        pathA: file, pathB: other, reading: reading, shingleLength: ngram, slotCount: slots,
        minimumPassage: minimumPassage, minimumIdentity: identity.minimumIdentity,
        tokens: tokens.rules)
    } catch {
      throw CommandError(error)
    }
    let report = CompareReport(
      comparison, paths: (file, other), shingleLength: ngram, slotCount: slots,
      countsSymbols: tokens.tokens == .symbols)
    let terminal = Terminal(descriptor: 1)
    try StandardOutput.write(json ? report.json() : report.text(terminal))
    return .done
  }
}
